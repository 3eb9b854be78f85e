import type { Tree, Unread } from '../../reading.ts';
import { applyAll } from '../../schema/apply.ts';
import { emptySchema, type Schema } from '../../schema/schema.ts';
import { type ReadDump, readDump } from './dump.ts';
import { dumpPlace, migrationPlace } from './places.ts';
import { byVersion, inTheirOrder, migrationsOf, type Read } from './runs.ts';

type Dump = Extract<ReadDump, { readonly ok: true }> & { readonly databaseName: string | null };

/** The schema that a rollout starts from. */
export interface Start {
  readonly schema: Schema;
  /** Dumps that could not be read, so that every migration was replayed instead. */
  readonly unread: readonly Unread[];
}

/**
 * From the dumps where there are any that can be read, with every migration on top that is newer than they are (a dump
 * is forgotten easily); else by replaying every migration. Those of `ran` come last, whatever version a dump has: they
 * are newer than its text.
 */
export function startOf(tree: Tree, ran: readonly string[], read: Read): Start {
  const { dumps, unread } = dumpsOf(tree, read);
  const later = new Set(ran);
  const replayed = tree.paths.filter((path) => !later.has(path) && isNewer(path, dumps));
  const migrations = [...migrationsOf(replayed, tree.files, read), ...inTheirOrder(ran, tree.files, read)];
  const schema = applyAll(
    dumps.map((dump) => dump.schema).reduce(joined, emptySchema),
    migrations.flatMap((migration) => migration.operations),
  );
  return { schema, unread };
}

function dumpsOf(tree: Tree, read: Read): { readonly dumps: readonly Dump[]; readonly unread: readonly Unread[] } {
  const dumps: Dump[] = [];
  const unread: Unread[] = [];
  for (const file of tree.files) {
    const place = dumpPlace(file.path);
    if (!place) continue;
    const dump = read.watch(file.path, () => readDump(file, { database: read.database }));
    if (dump.ok) dumps.push({ ...dump, databaseName: place.databaseName });
    else unread.push({ path: file.path, line: dump.line, reason: dump.reason });
  }
  return { dumps: dumps.filter((dump) => isCurrent(dump, dumps)), unread };
}

/** A project that went over from one kind of dump to the other may still have both. */
function isCurrent(dump: Dump, dumps: readonly Dump[]): boolean {
  const others = dumps.filter((other) => other !== dump && other.databaseName === dump.databaseName);
  return others.every(
    ({ version }) => version === null || dump.version === null || byVersion(dump.version, version) >= 0,
  );
}

/** Each database has its own dump. Without one every migration is newer; one that does not say its version is the newest. */
function isNewer(path: string, dumps: readonly Dump[]): boolean {
  const place = migrationPlace(path);
  if (place?.kind !== 'schema') return false;
  return dumps
    .filter(({ databaseName }) => databaseName === place.databaseName)
    .every((dump) => !holds(dump, place.version));
}

function holds({ version, versions }: Dump, wanted: string): boolean {
  if (version === null) return true;
  return versions ? versions.has(wanted.replace(/^0+/, '')) : byVersion(wanted, version) <= 0;
}

function joined(left: Schema, right: Schema): Schema {
  return {
    tables: new Map([...left.tables, ...right.tables]),
    absent: new Set([...left.absent, ...right.absent]),
    enums: new Map([...left.enums, ...right.enums]),
  };
}
