import type { App } from '../../deploy/deploy.ts';
import type { SourceFile, Unread } from '../../reading.ts';
import type { Database } from '../../schema/migration.ts';
import type { Settings } from '../../settings.ts';
import { adaptersIn } from './database-file.ts';
import { driversIn } from './drivers.ts';
import { handWritten } from './project.ts';

/** What a project's own files say about how it talks to its database. `files` are one app's, and those above it. */
export interface Project {
  readonly root: string;
  readonly files: readonly SourceFile[];
  /** A migration of the pull request. Null: it has none. */
  readonly migration: string | null;
}

/** A line that speaks for a database. */
export interface Sign {
  readonly database: Database;
  readonly path: string;
  readonly line: number;
  /** It is said of production, or of everything. */
  readonly production: boolean;
}

type Decided = Pick<App, 'database' | 'databaseEvidence'> & { readonly unread: readonly Unread[] };

/**
 * Which database an app uses in production: what the settings say, else the section of `config/database.yml`, else the
 * only driver among the gems, else the only server that the project's containers run. A kind of file that speaks for
 * several says nothing. Where nothing tells, PostgreSQL is taken and `unread` asks.
 */
export function databaseOf({ root, files, migration }: Project, settings: Settings): Decided {
  const declared = settings.apps.find((app) => app.root === root && app.database !== null);
  if (declared?.database) return { database: declared.database, databaseEvidence: declared.at, unread: [] };
  const adapters = adaptersIn(files);
  const drivers = driversIn(files);
  const images = imagesIn(files);
  const sign = agreed(adapters) ?? agreed(drivers) ?? agreed(images);
  if (!sign) {
    const unread = asking([...adapters, ...drivers, ...images], migration);
    return { database: 'postgres', databaseEvidence: null, unread };
  }
  // The driver `mysql2` serves both; the image that the project runs in development tells them apart.
  const maria = sign.database === 'mysql' ? images.find(({ database }) => database === 'mariadb') : undefined;
  const { database, path, line } = maria ?? sign;
  return { database, databaseEvidence: { path, line }, unread: [] };
}

/** What production's signs agree on, else what all of them do. Null: they do not, or there are none. */
function agreed(signs: readonly Sign[]): Sign | null {
  const own = signs.filter(({ production }) => production);
  const [first, ...rest] = own.length > 0 ? own : signs;
  return first && rest.every(({ database }) => database === first.database) ? first : null;
}

const ask = 'say which one production uses in `apps[].database` of `.github/bellows.yml`';

/** Only what a migration does depends on the database: without one there is nothing to ask for. */
function asking([sign]: readonly Sign[], migration: string | null): readonly Unread[] {
  if (migration === null) return [];
  if (!sign) return [{ path: migration, line: 1, reason: `nothing tells its database, PostgreSQL was taken: ${ask}` }];
  const { path, line } = sign;
  return [{ path, line, reason: `it speaks for several databases, PostgreSQL was taken: ${ask}` }];
}

const images: readonly (readonly [RegExp, Database])[] = [
  [/\bmariadb\b/, 'mariadb'],
  [/\bmysql|\btrilogy\b|\bpercona\b/, 'mysql'],
  [/\bpostg(?:res|is)/, 'postgres'],
];

/** The servers that compose files run, and those that a `DATABASE_URL` in them leads to. */
function imagesIn(files: readonly SourceFile[]): readonly Sign[] {
  return files
    .filter(({ path }) => /compose[\w.-]*\.ya?ml$/.test(path))
    .flatMap(({ path, text }) =>
      handWritten(text).flatMap((line, index): readonly Sign[] => {
        const named =
          /^\s*image:\s*(\S+)/.exec(line)?.[1] ?? /\bDATABASE_URL["']?\s*[:=]\s*["']?(\w+):/.exec(line)?.[1];
        const database = images.find(([pattern]) => named !== undefined && pattern.test(named))?.[1];
        return database ? [{ database, path, line: index + 1, production: false }] : [];
      }),
    );
}
