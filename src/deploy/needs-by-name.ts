import type { Operation } from '../schema/operation.ts';
import type { Schema } from '../schema/schema.ts';
import type { Name } from './deploy.ts';
import type { Need } from './resolves.ts';

interface Asking {
  readonly need: Need;
}

/** Finds those whose answer an operation may change. `schema` is the one that the operation meets. */
export function needsByName<Each extends Asking>(
  all: readonly Each[],
): (operation: Operation, schema: Schema) => Iterable<Each> {
  const tables = new Map<string, Map<string | null, Set<Each>>>();
  for (const each of all) {
    for (const { table, column } of [each.need, ...(each.need.nilWithout ?? [])]) {
      const columns = tables.get(table) ?? new Map<string | null, Set<Each>>();
      tables.set(table, columns);
      columns.set(column, (columns.get(column) ?? new Set()).add(each));
    }
  }
  return (operation, schema) => {
    const found = new Set<Each>();
    for (const { table, column } of changedNames(operation, schema)) {
      const columns = tables.get(table);
      const sets = column === null ? (columns?.values() ?? []) : [columns?.get(column) ?? []];
      for (const each of [...sets].flatMap((set) => [...set])) found.add(each);
    }
    return found;
  };
}

/** The names that may be there after the operation and were not before, or the other way round. Column null: all of the table. */
function changedNames(operation: Operation, schema: Schema): readonly Name[] {
  switch (operation.kind) {
    case 'add-column':
      return [{ table: operation.table, column: operation.column.name }];
    case 'drop-column':
      return [{ table: operation.table, column: operation.column }];
    case 'rename-column':
      return [operation.column, operation.to].map((column) => ({ table: operation.table, column }));
    case 'create-table':
    case 'drop-table':
    case 'create-view':
    case 'drop-view':
      return [{ table: operation.table, column: null }];
    case 'rename-table':
      return [operation.table, operation.to].map((table) => ({ table, column: null }));
    case 'drop-object':
      // A schema goes with all that is in it.
      return operation.object === 'schema' ? [...schema.tables.keys()].map((table) => ({ table, column: null })) : [];
    case 'opaque': {
      // It can only make a table one that may have more columns, and that once.
      const known = operation.table === null ? undefined : schema.tables.get(operation.table);
      return known && !known.open ? [{ table: known.name, column: null }] : [];
    }
    default:
      return [];
  }
}
