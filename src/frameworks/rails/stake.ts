import type { Operation } from '../../schema/operation.ts';

/** Tables and columns that operations take away from code, or bring to it. */
export interface Stake {
  readonly isEmpty: boolean;
  readonly tables: ReadonlySet<string>;
  readonly has: (table: string, column: string | null) => boolean;
  /** Only the column itself, not for its table's sake. */
  readonly hasColumn: (table: string, column: string) => boolean;
}

/** Names that operations take away: dropped and renamed tables and columns. */
export function lostBy(operations: readonly Operation[]): Stake {
  const columns: Column[] = [];
  const tables: string[] = [];
  for (const operation of operations) {
    if (operation.kind === 'drop-column' || operation.kind === 'rename-column') {
      columns.push([operation.table, operation.column]);
    }
    if (operation.kind === 'drop-table' || operation.kind === 'rename-table' || operation.kind === 'drop-view') {
      tables.push(operation.table);
    }
  }
  return stakeOf(tables, columns);
}

/** Columns that operations bring to tables. A new table is not among them: no code that was there has a model of it. */
export function gainedBy(operations: readonly Operation[]): Stake {
  return stakeOf(
    [],
    operations.flatMap((operation): readonly Column[] => {
      if (operation.kind === 'add-column') return [[operation.table, operation.column.name]];
      return operation.kind === 'rename-column' ? [[operation.table, operation.to]] : [];
    }),
  );
}

type Column = readonly [table: string, column: string];

function stakeOf(tables: readonly string[], columns: readonly Column[]): Stake {
  const names = new Set(tables);
  const keys = new Set(columns.map((column) => JSON.stringify(column)));
  const hasColumn = (table: string, column: string) => keys.has(JSON.stringify([table, column]));
  return {
    isEmpty: names.size === 0 && keys.size === 0,
    tables: names,
    hasColumn,
    has: (table, column) => names.has(table) || (column !== null && hasColumn(table, column)),
  };
}
