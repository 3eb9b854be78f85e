import type { Operation } from './operation.ts';
import { emptyTable, type Schema } from './schema.ts';

/**
 * The schema as it is before `operations`, with what they will bring marked as not there yet. A dump is never complete,
 * so only a migration that creates a table (or adds a column to a table that the dump lacks) proves that it is missing now.
 */
export function foresee(schema: Schema, operations: readonly Operation[]): Schema {
  const tables = new Map(schema.tables);
  const absent = new Set(schema.absent);
  const met = new Set<string>();

  for (const operation of operations) {
    const brought = broughtTable(operation);
    if (brought !== null && !tables.has(brought) && !met.has(brought)) absent.add(brought);
    const column = broughtColumn(operation);
    const table = operation.table;
    if (column !== null && table !== null && !absent.has(table) && !met.has(`${table}.${column}`)) {
      const open = tables.get(table) ?? { ...emptyTable(table), open: true };
      if (open.open) tables.set(table, { ...open, absent: new Set(open.absent).add(column) });
    }
    for (const name of mentioned(operation)) met.add(name);
  }
  return { ...schema, tables, absent };
}

function broughtTable(operation: Operation): string | null {
  if (operation.conditional) return null;
  if (operation.kind === 'create-table' || operation.kind === 'create-view') return operation.table;
  return operation.kind === 'rename-table' ? operation.to : null;
}

function broughtColumn(operation: Operation): string | null {
  if (operation.conditional) return null;
  if (operation.kind === 'add-column') return operation.column.name;
  return operation.kind === 'rename-column' ? operation.to : null;
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
