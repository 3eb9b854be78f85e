import { literal } from '../engines/engine.ts';
import type { Database } from '../schema/migration.ts';

/** A name that the database's own catalogue lists: a table, or a column or constraint of one. */
export interface Fact {
  readonly of: 'tables' | 'columns' | 'table_constraints';
  readonly table: string;
  /** Null: the table itself. */
  readonly name: string | null;
}

/** The schema that a connection works in, as each database says it. */
const here: Record<Exclude<Database, 'sqlite'>, string> = {
  postgres: 'current_schema()',
  mysql: 'DATABASE()',
  mariadb: 'DATABASE()',
};

const nameColumn = { tables: 'table_name', columns: 'column_name', table_constraints: 'constraint_name' } as const;

/** A read-only query with one row for each fact that holds; null where the database has no such catalogue. */
export function catalogueQuery(facts: readonly Fact[], database: Database): string | null {
  if (database === 'sqlite' || facts.length === 0) return null;
  const views = ['tables', 'columns', 'table_constraints'] as const;
  return views
    .flatMap((view) => {
      const asked = facts.filter(({ of }) => of === view);
      return asked.length > 0 ? [queryOf(view, asked, here[database])] : [];
    })
    .join(' UNION ALL ');
}

function queryOf(view: Fact['of'], facts: readonly Fact[], schema: string): string {
  const column = nameColumn[view];
  const meant = [...byTable(facts)].map(([table, names]) => {
    const ofTable = `table_name = ${literal(table)}`;
    return view === 'tables' ? ofTable : `${ofTable} AND ${column} IN (${names.map(literal).join(', ')})`;
  });
  const where = meant.length === 1 ? meant[0] : `(${meant.map((each) => `(${each})`).join(' OR ')})`;
  return `SELECT ${column} FROM information_schema.${view} WHERE table_schema = ${schema} AND ${where}`;
}

function byTable(facts: readonly Fact[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { table, name } of facts) {
    const known = names.get(table) ?? [];
    if (name !== null) known.push(name);
    names.set(table, known);
  }
  return names;
}

/** A query with one row for each version that ran, out of the table in which the runner keeps them. */
export function versionsQuery(table: string, versions: readonly string[]): string {
  return `SELECT version FROM ${table} WHERE version IN (${versions.map(literal).join(', ')})`;
}
