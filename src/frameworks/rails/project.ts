import type { App } from '../../deploy/deploy.ts';
import type { SourceFile } from '../../reading.ts';
import type { Database } from '../../schema/migration.ts';
import type { Settings } from '../../settings.ts';

type Told = Pick<App, 'database' | 'databaseEvidence'>;

/** What a project's own files say about how it talks to its database. `files` are one app's, and those above it. */
export interface Project {
  readonly root: string;
  readonly files: readonly SourceFile[];
}

/** Which database an app uses: the settings say it, else the adapter, else the gem of the driver. */
export function databaseOf({ root, files }: Project, settings: Settings): Told {
  const declared = settings.apps.find((app) => app.root === root && app.database !== null);
  if (declared?.database) return { database: declared.database, databaseEvidence: declared.at };
  const told = fromAdapter(files) ?? fromGems(files) ?? { database: 'postgres', databaseEvidence: null };
  return told.database === 'mysql' ? (fromImage(files) ?? told) : told;
}

const adapters: Readonly<Record<string, Database>> = {
  postgresql: 'postgres',
  postgis: 'postgres',
  mysql2: 'mysql',
  trilogy: 'mysql',
  sqlite3: 'sqlite',
};

/** `config/database.yml` often is a template with ERB, so its lines are read, not its YAML. Production's adapter comes first. */
function fromAdapter(files: readonly SourceFile[]): Told | null {
  const found: { readonly told: Told; readonly production: boolean }[] = [];
  for (const file of files.filter(({ path }) => /(?:^|\/)config\/database\.ya?ml/.test(path))) {
    let section = '';
    for (const [index, line] of file.text.split('\n').entries()) {
      section = /^(\w+):/.exec(line)?.[1] ?? section;
      const word =
        /^\s*adapter:\s*["']?(\w+)/.exec(line)?.[1] ??
        /^\s*url:.*?\b(postgres|mysql2|trilogy|sqlite3)\w*:/.exec(line)?.[1];
      const database = word === undefined ? undefined : adapters[word === 'postgres' ? 'postgresql' : word];
      if (!database) continue;
      found.push({
        told: { database, databaseEvidence: { path: file.path, line: index + 1 } },
        production: section === 'production',
      });
    }
  }
  return (found.find(({ production }) => production) ?? found[0])?.told ?? null;
}

const drivers = [
  ['pg', 'postgres'],
  ['mysql2', 'mysql'],
  ['trilogy', 'mysql'],
  ['sqlite3', 'sqlite'],
] as const satisfies readonly (readonly [string, Database])[];

function fromGems(files: readonly SourceFile[]): Told | null {
  for (const [gem, database] of drivers) {
    const at = gemLine(files, gem);
    if (at) return { database, databaseEvidence: at };
  }
  return null;
}

/** The driver `mysql2` serves MySQL and MariaDB; the image that the project runs in development tells them apart. */
function fromImage(files: readonly SourceFile[]): Told | null {
  for (const file of files.filter(({ path }) => /compose[\w.-]*\.ya?ml$/.test(path))) {
    for (const [index, line] of file.text.split('\n').entries()) {
      if (/^\s*image:\s*\S*\bmariadb\b/.test(line)) {
        return { database: 'mariadb', databaseEvidence: { path: file.path, line: index + 1 } };
      }
    }
  }
  return null;
}

/** Migration linters whose helpers a generated migration must get along with. */
export function installedHelpers(files: readonly SourceFile[]): readonly string[] {
  return ['strong_migrations', 'online_migrations'].filter((gem) => gemLine(files, gem) !== null);
}

function gemLine(files: readonly SourceFile[], gem: string): { path: string; line: number } | null {
  for (const file of files.filter(({ path }) => /(?:^|\/)Gemfile\.lock$/.test(path))) {
    const index = file.text.split('\n').findIndex((line) => line.startsWith(`    ${gem} (`));
    if (index >= 0) return { path: file.path, line: index + 1 };
  }
  return null;
}

/**
 * Whether INSERT names only the attributes that were set. Rails: on before `load_defaults 7.0`, off since, and either
 * set by hand (https://guides.rubyonrails.org/configuring.html#config-active-record-partial-inserts).
 */
export function partialInserts(files: readonly SourceFile[]): boolean {
  const lines = files
    .filter(({ path }) => /(?:^|\/)config\/(?:application|initializers\/new_framework_defaults\w*)\.rb$/.test(path))
    .flatMap(({ text }) => text.split('\n').filter((line) => !line.trimStart().startsWith('#')));
  let answer = true;
  for (const line of lines) {
    const defaults = /\bload_defaults[\s(]+["']?(\d+)/.exec(line)?.[1];
    if (defaults !== undefined) answer = Number(defaults) < 7;
  }
  for (const line of lines) {
    const set = /\bpartial_(?:inserts|writes)\s*=\s*(true|false)\b/.exec(line)?.[1];
    if (set !== undefined) answer = set === 'true';
  }
  return answer;
}
