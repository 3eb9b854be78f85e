import type { Operation } from '../schema/operation.ts';

/** What an operation changes or stands on. `column` null: the table as a whole; `table` null: anything. */
export interface Touch {
  readonly table: string | null;
  readonly column: string | null;
}

/** Two operations that touch nothing in common give the same schema in either order. */
export function touches(operation: Operation): readonly Touch[] {
  switch (operation.kind) {
    case 'add-column':
      return [{ table: operation.table, column: operation.column.name }];
    case 'drop-column':
    case 'change-type':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
    case 'set-generated':
      return [{ table: operation.table, column: operation.column }];
    case 'create-table':
      return [operation.table, ...(operation.from ?? []).map(({ table }) => table)].map((table) => ({
        table,
        column: null,
      }));
    case 'attach-partition':
    case 'detach-partition':
      return [operation.table, operation.partition].map((table) => ({ table, column: null }));
    case 'rename-column':
      return [operation.column, operation.to].map((column) => ({ table: operation.table, column }));
    case 'rename-table':
      return [operation.table, operation.to].map((table) => ({ table, column: null }));
    case 'add-foreign-key': {
      const { columns, toTable, toColumns } = operation.foreignKey;
      return [...on(operation.table, columns), ...on(toTable, toColumns)];
    }
    case 'create-enum':
    case 'drop-enum':
    case 'rename-enum':
    case 'add-enum-value':
    case 'rename-enum-value':
      return [{ table: `enum ${operation.name}`, column: null }];
    case 'enable-extension':
      return [];
    default:
      return [{ table: operation.table, column: null }];
  }
}

function on(table: string, columns: readonly string[]): readonly Touch[] {
  return columns.length === 0 ? [{ table, column: null }] : columns.map((column) => ({ table, column }));
}
