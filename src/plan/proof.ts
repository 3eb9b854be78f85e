import { literal } from '../engines/engine.ts';
import type { Database } from '../schema/migration.ts';
import type { Operation } from '../schema/operation.ts';

/** The schema that a connection works in, as each database says it. */
const here: Record<Exclude<Database, 'sqlite'>, string> = {
  postgres: 'current_schema()',
  mysql: 'DATABASE()',
  mariadb: 'DATABASE()',
};

/**
 * A read-only query that proves that a phase's migrations ran, with the number of rows that it gives then; empty where
 * the schema has nothing to ask for. What was added is asked for; only where nothing was, what must be gone.
 */
export function proofOf(operations: readonly Operation[], database: Database): string {
  const added = [tablesIn(operations), columnsIn(operations, 'add-column'), constraintsIn(operations)];
  const gone = [columnsIn(operations, 'drop-column')];
  const rows = added.reduce((sum, { size }) => sum + size, 0);
  const queries = (rows > 0 ? added : gone).flatMap((asked) => queryOf(asked, database) ?? []);
  return queries.length === 0 ? '' : `\`${queries.join(' UNION ALL ')};\` gives ${rows} ${rows === 1 ? 'row' : 'rows'}`;
}

interface Asked {
  readonly of: 'tables' | 'columns' | 'table_constraints';
  /** Column of information_schema that holds the name; null where the table itself is asked for. */
  readonly named: 'column_name' | 'constraint_name' | null;
  readonly byTable: ReadonlyMap<string, ReadonlySet<string>>;
  readonly size: number;
}

function asked(of: Asked['of'], named: Asked['named'], pairs: readonly (readonly [string, string])[]): Asked {
  const byTable = new Map<string, Set<string>>();
  for (const [table, name] of pairs) {
    const names = byTable.get(table) ?? new Set();
    byTable.set(table, names.add(name));
  }
  return { of, named, byTable, size: [...byTable.values()].reduce((sum, names) => sum + names.size, 0) };
}

function tablesIn(operations: readonly Operation[]): Asked {
  const tables = operations.flatMap((each) => (each.kind === 'create-table' ? [[each.table, ''] as const] : []));
  return asked('tables', null, tables);
}

function columnsIn(operations: readonly Operation[], kind: 'add-column' | 'drop-column'): Asked {
  const pairs = operations.flatMap((each) => {
    if (each.kind !== kind) return [];
    return [[each.table, typeof each.column === 'string' ? each.column : each.column.name] as const];
  });
  return asked('columns', 'column_name', pairs);
}

function constraintsIn(operations: readonly Operation[]): Asked {
  const pairs = operations.flatMap((each) =>
    each.kind === 'add-foreign-key' && each.foreignKey.name !== null
      ? [[each.table, each.foreignKey.name] as const]
      : [],
  );
  return asked('table_constraints', 'constraint_name', pairs);
}

function queryOf({ of, named, byTable, size }: Asked, database: Database): string | null {
  if (size === 0 || database === 'sqlite') return null;
  const meant = [...byTable].map(([table, names]) => {
    const ofTable = `table_name = ${literal(table)}`;
    return named === null ? ofTable : `${ofTable} AND ${named} IN (${[...names].map(literal).join(', ')})`;
  });
  const where = meant.length === 1 ? meant[0] : `(${meant.map((each) => `(${each})`).join(' OR ')})`;
  const name = named ?? 'table_name';
  return `SELECT ${name} FROM information_schema.${of} WHERE table_schema = ${here[database]} AND ${where}`;
}
