import type { Operation } from './operation.ts';
import { emptyTable, type Schema } from './schema.ts';

/**
 * The schema as it is before `operations`, with what they will bring marked as not there yet. A dump is never complete,
 * so only a migration that creates a table (or adds a column to a table that the dump lacks) proves that it is missing now.
 * One that creates it only where it is missing proves it too where there is a dump: both say the same.
 */
export function foresee(schema: Schema, operations: readonly Operation[]): Schema {
  const dumped = schema.tables.size > 0;
  const absent = new Set(schema.absent);
  const columns = new Map<string, Set<string>>();
  const met = new Set<string>();

  for (const operation of operations) {
    const brought = broughtTable(operation, schema);
    if (brought !== null && !schema.tables.has(brought) && !met.has(brought)) absent.add(brought);
    const column = broughtColumn(operation);
    const table = operation.table;
    if (column !== null && table !== null && !absent.has(table) && !met.has(`${table}.${column}`)) {
      columns.set(table, (columns.get(table) ?? new Set()).add(column));
    }
    if (!(dumped && dropsMaybe(operation))) for (const name of mentioned(operation)) met.add(name);
  }
  return { ...schema, tables: withoutColumns(schema, columns), absent };
}

/** Of a table whose columns are all known nothing needs to be said. */
function withoutColumns(schema: Schema, brought: ReadonlyMap<string, ReadonlySet<string>>): Schema['tables'] {
  const tables = new Map(schema.tables);
  for (const [name, columns] of brought) {
    const table = tables.get(name) ?? { ...emptyTable(name), open: true };
    if (table.open) tables.set(name, { ...table, absent: new Set([...table.absent, ...columns]) });
  }
  return tables;
}

function broughtTable(operation: Operation, { tables }: Schema): string | null {
  if (operation.kind === 'create-view' && operation.replaces) return null;
  if (operation.kind === 'create-table' || operation.kind === 'create-view') {
    return operation.conditional && tables.size === 0 ? null : operation.table;
  }
  if (operation.kind !== 'rename-table') return null;
  return operation.conditional && !tables.has(operation.table) ? null : operation.to;
}

function broughtColumn(operation: Operation): string | null {
  if (operation.conditional) return null;
  if (operation.kind === 'add-column') return operation.column.name;
  return operation.kind === 'rename-column' ? operation.to : null;
}

/** `drop_table :locks, if_exists: true` before a `create_table` says nothing of what is there. */
function dropsMaybe({ kind, conditional }: Operation): boolean {
  return conditional && (kind === 'drop-table' || kind === 'drop-view');
}

/** What an operation takes for granted or takes away: a later operation that brings the same name does not prove its absence now. */
function mentioned(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'drop-table':
    case 'drop-view':
    case 'rename-table':
      return [operation.table];
    case 'drop-column':
    case 'rename-column':
      return [operation.table, `${operation.table}.${operation.column}`];
    default:
      return [];
  }
}
