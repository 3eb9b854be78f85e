import type { SourceFile } from '../../reading.ts';
import type { Database, Migration } from '../../schema/migration.ts';
import type { Watch } from '../framework.ts';
import { readMigration } from './migrations.ts';
import { migrationPlace } from './places.ts';

/** What the files of an app's migrations are read with. */
export interface Read {
  readonly database: Database;
  readonly watch: Watch;
  readonly hasPostMigrate: boolean;
  /** Why a file's text did not come, by its path. */
  readonly missing: ReadonlyMap<string, string>;
}

/** In the order in which they run: before-code ones first, by version; data migrations have a runner of their own, after them. */
export function migrationsOf(paths: readonly string[], files: readonly SourceFile[], read: Read): readonly Migration[] {
  return inTheirOrder(paths, files, read).sort(
    (left, right) => turn(left) - turn(right) || byVersion(left.version, right.version),
  );
}

/** In the order of `paths`; a path that is no migration's is left out. */
export function inTheirOrder(paths: readonly string[], files: readonly SourceFile[], read: Read): Migration[] {
  const texts = new Map(files.map((file) => [file.path, file]));
  return paths.flatMap((path) => migrationOf(path, texts.get(path) ?? null, read) ?? []);
}

function turn({ kind, when }: Migration): number {
  return (when === 'after-code' ? 2 : 0) + (kind === 'data' ? 1 : 0);
}

/** Versions are numbers of any length, written as digits. */
export function byVersion(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

function migrationOf(path: string, file: SourceFile | null, read: Read): Migration | null {
  const place = migrationPlace(path);
  if (!place) return null;
  const { transaction, operations } = file
    ? read.watch(path, () => readMigration(file, { database: read.database }))
    : notRead(path, read);
  const unstated = read.hasPostMigrate && place.kind === 'schema' ? 'before-code' : 'unstated';
  return {
    path,
    framework: 'rails',
    database: read.database,
    version: place.version,
    transaction,
    when: place.when === 'after-code' ? 'after-code' : unstated,
    kind: place.kind,
    operations,
  };
}

/** A migration whose text did not come may do anything. It is said once: in the words of whoever looked for the text. */
function notRead(path: string, { missing }: Read): Pick<Migration, 'transaction' | 'operations'> {
  const reason = missing.get(path) ?? 'the text of the migration could not be read';
  const at = { path, line: 1, column: 1 };
  const opaque = { kind: 'opaque', table: null, reason, hidesSchemaChange: true, whole: true } as const;
  return { transaction: false, operations: [{ ...opaque, at, statement: 0, conditional: false }] };
}
