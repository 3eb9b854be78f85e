import type { ChangedFile, SourceFile, Tree } from '../../reading.ts';
import { applyAll } from '../../schema/apply.ts';
import type { Database, Migration } from '../../schema/migration.ts';
import { emptySchema, type Schema } from '../../schema/schema.ts';
import type { Watch } from '../framework.ts';
import { readDump } from './dump.ts';
import { readMigration } from './migrations.ts';
import { dumpPlace, migrationPlace } from './places.ts';

/** One app's share of the trees. */
export interface Sides {
  readonly running: Tree;
  readonly target: Tree;
  readonly after: Tree;
  readonly changed: readonly ChangedFile[];
}

export interface Rollout {
  readonly schema: Schema;
  readonly pending: readonly Migration[];
  readonly migrations: readonly Migration[];
}

/** What the database looks like now, and which migrations run on it: those whose version is not there yet. */
export function rolloutOf(sides: Sides, database: Database, watch: Watch): Rollout {
  const read = { database, watch, hasPostMigrate: sides.after.paths.some(isPostMigrate) };
  const running = versions(sides.running.paths);
  const target = versions(sides.target.paths);
  const pending = sides.target.paths.filter((path) => isNew(path, running));
  const own = sides.after.paths.filter((path) => isNew(path, target));
  return {
    schema: schemaOf(sides.running, read),
    pending: migrationsOf(pending, sides.target.files, read),
    migrations: migrationsOf(own, sides.after.files, read),
  };
}

interface Read {
  readonly database: Database;
  readonly watch: Watch;
  readonly hasPostMigrate: boolean;
}

/** `db/migrate` and `db/data` number their files apart. */
function versionKey(path: string): string | null {
  const place = migrationPlace(path);
  return place && `${place.kind} ${place.version}`;
}

function versions(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.flatMap((path) => versionKey(path) ?? []));
}

function isNew(path: string, known: ReadonlySet<string>): boolean {
  const key = versionKey(path);
  return key !== null && !known.has(key);
}

function isPostMigrate(path: string): boolean {
  return migrationPlace(path)?.when === 'after-code';
}

/** In the order in which they run: before-code ones first, by version; data migrations have a runner of their own, after them. */
function migrationsOf(paths: readonly string[], files: readonly SourceFile[], read: Read): readonly Migration[] {
  const texts = new Map(files.map((file) => [file.path, file]));
  return paths
    .flatMap((path) => migrationOf(path, texts.get(path) ?? null, read) ?? [])
    .sort((left, right) => turn(left) - turn(right) || byVersion(left.version, right.version));
}

function turn({ kind, when }: Migration): number {
  return (when === 'after-code' ? 2 : 0) + (kind === 'data' ? 1 : 0);
}

function byVersion(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

function migrationOf(path: string, file: SourceFile | null, read: Read): Migration | null {
  const place = migrationPlace(path);
  if (!place) return null;
  read.watch(path);
  const { transaction, operations } = file ? readMigration(file, { database: read.database }) : notRead(path);
  return {
    path,
    framework: 'rails',
    database: read.database,
    version: place.version,
    transaction,
    when:
      place.when === 'after-code'
        ? 'after-code'
        : read.hasPostMigrate && place.kind === 'schema'
          ? 'before-code'
          : 'unstated',
    kind: place.kind,
    operations,
  };
}

/** A migration whose text did not come may do anything. */
function notRead(path: string): Pick<Migration, 'transaction' | 'operations'> {
  const reason = 'the text of the migration could not be read';
  return {
    transaction: false,
    operations: [
      {
        kind: 'opaque',
        table: null,
        reason,
        hidesSchemaChange: true,
        at: { path, line: 1, column: 1 },
        statement: 0,
        conditional: false,
      },
    ],
  };
}

/**
 * From the dumps where there are any that can be read, with every migration on top that is newer than they are (a dump
 * is forgotten easily, and a split may leave it one step behind); else by replaying every migration.
 */
function schemaOf(tree: Tree, read: Read): Schema {
  const dumps = tree.files
    .filter((file) => dumpPlace(file.path))
    .flatMap((file) => {
      read.watch(file.path);
      const dump = readDump(file, { database: read.database });
      return dump.ok ? [dump] : [];
    });
  const replayed = tree.paths.filter((path) => isNewer(path, dumps));
  return applyAll(
    dumps.map(({ schema }) => schema).reduce(joined, emptySchema),
    migrationsOf(replayed, tree.files, read).flatMap((migration) => migration.operations),
  );
}

/** Without any dump every migration is newer; a dump that does not say its version is taken to be the newest. */
function isNewer(path: string, dumps: readonly { readonly version: string | null }[]): boolean {
  const place = migrationPlace(path);
  if (place?.kind !== 'schema') return false;
  return dumps.every(({ version }) => version !== null && byVersion(place.version, version) > 0);
}

function joined(left: Schema, right: Schema): Schema {
  return {
    tables: new Map([...left.tables, ...right.tables]),
    absent: new Set([...left.absent, ...right.absent]),
    enums: new Map([...left.enums, ...right.enums]),
  };
}
