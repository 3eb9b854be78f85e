import type { SourceFile } from '../../reading.ts';
import { apply } from '../../schema/apply.ts';
import type { Database } from '../../schema/migration.ts';
import type { Operation } from '../../schema/operation.ts';
import { emptySchema, emptyTable, type Schema, type Table } from '../../schema/schema.ts';
import type { Watch } from '../framework.ts';
import type { Rollout, Sides } from './deploying.ts';
import { readDump } from './dump.ts';
import { readMigration } from './migrations.ts';
import { dumpPlace, migrationPlace } from './places.ts';

/** The columns that a table has at any moment of the rollout; null for a table that nobody has described. */
export type KnownColumns = (table: string) => ReadonlySet<string> | null;

/**
 * Every column that anything tells of: the schema that runs, what the migrations make of it, the dumps before and after
 * the pull request, and migrations that it edits although they do not run again. A name counts as one of Active Record's
 * own attributes where any of them has it, or code could name a column that only one of them knows and stay unseen.
 */
export function knownColumns(sides: Sides, { schema, pending, migrations }: Rollout, watch: Watch): KnownColumns {
  const columns = new Map<string, Set<string>>();
  const note = ({ tables }: Schema) => {
    for (const table of tables.values()) {
      const known = columns.get(table.name) ?? new Set();
      for (const column of table.columns.keys()) known.add(column);
      columns.set(table.name, known);
    }
  };
  const read = { database: migrations[0]?.database ?? 'postgres', watch } as const;
  const ran = [...pending, ...migrations];
  const paths = new Set(ran.map(({ path }) => path));
  const edited = sides.changed.filter(({ path }) => !paths.has(path)).flatMap((file) => editedOperations(file, read));
  for (const state of [schema, ...changedDumps(sides, read)]) note(state);
  for (const operation of [...ran.flatMap(({ operations }) => operations), ...edited]) {
    for (const state of outcomesOf(operation, schema)) note(state);
  }
  return (table) => columns.get(table) ?? null;
}

/** What an operation, alone, makes of the table that it is about. */
function* outcomesOf(operation: Operation, { tables }: Schema): Generator<Schema> {
  const table = operation.table === null ? undefined : tables.get(operation.table);
  const met = table && operation.kind !== 'rename-table' ? onlyItsColumn(table, operation) : table;
  yield apply({ ...emptySchema, tables: new Map(met ? [[met.name, met]] : []) }, operation);
  // Where the table is there already, creating it changes nothing; its columns are names all the same.
  if (operation.kind === 'create-table') yield apply(emptySchema, operation);
}

/** All of the table is known anyhow, and a copy of all of it for each operation would be slow. */
function onlyItsColumn(table: Table, operation: Operation): Table {
  const column = 'column' in operation && typeof operation.column === 'string' && table.columns.get(operation.column);
  const columns = new Map(column ? [[column.name, column]] : []);
  return { ...emptyTable(table.name), columns, open: table.open, absent: table.absent };
}

interface Read {
  readonly database: Database;
  readonly watch: Watch;
}

/** Both texts of a dump that the pull request changes, but for the one that the schema was read from. */
function changedDumps({ changed, running }: Sides, read: Read): readonly Schema[] {
  const known = new Set(running.files.filter(({ path }) => dumpPlace(path)).map(({ text }) => text));
  return changed
    .filter(({ path }) => dumpPlace(path))
    .flatMap(({ path, base, head }) =>
      [base, head].flatMap((text) => (text === null || known.has(text) ? [] : [{ path, text }])),
    )
    .flatMap((file) => {
      const dump = read.watch(file.path, () => readDump(file, read));
      return dump.ok ? [dump.schema] : [];
    });
}

function editedOperations({ path, base, head }: Sides['changed'][number], read: Read): readonly Operation[] {
  if (migrationPlace(path) === null) return [];
  const texts: readonly SourceFile[] = [base, head].flatMap((text) => (text === null ? [] : [{ path, text }]));
  return texts.flatMap((file) => read.watch(path, () => readMigration(file, read)).operations);
}
