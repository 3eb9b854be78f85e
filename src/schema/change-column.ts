import { columnOf, type DraftTable } from './draft-table.ts';
import type { Column } from './operation.ts';

export function addColumn(table: DraftTable, column: Column): void {
  if (table.columns.has(column.name)) return;
  table.columns.set(column.name, column);
  table.absent.delete(column.name);
}

/** Databases drop what is built on a column with it: indexes, constraints and keys that name it. */
export function dropColumn(table: DraftTable, name: string): void {
  table.columns.delete(name);
  if (table.open) table.absent.add(name);
  if (table.primaryKey.includes(name)) table.primaryKey = [];
  table.indexes = table.indexes.filter(
    ({ columns, where }) => !columns.some((column) => mentions(column, name)) && !mentions(where ?? '', name),
  );
  table.foreignKeys = table.foreignKeys.filter((key) => !key.columns.includes(name));
  table.checks = table.checks.filter(({ expression }) => !mentions(expression, name));
}

/** Whether an expression, or a column that stands alone, has the name among its words. */
function mentions(expression: string, name: string): boolean {
  if (expression === name) return true;
  return expression.includes(name) && expression.split(/[^\p{L}\p{N}_$]+/u).includes(name);
}

export function renameColumn(table: DraftTable, from: string, to: string): void {
  const known = columnOf(table, from);
  if (!known) return;
  const rename = (names: readonly string[]) => names.map((name) => (name === from ? to : name));
  const renamed = <Thing extends { readonly columns: readonly string[] }>(thing: Thing): Thing =>
    thing.columns.includes(from) ? { ...thing, columns: rename(thing.columns) } : thing;
  // It goes to the end, since nobody asks for the order of columns and thousands may be renamed.
  table.columns.delete(from);
  table.columns.set(to, { ...known, name: to });
  table.absent.delete(to);
  if (table.open) table.absent.add(from);
  table.primaryKey = rename(table.primaryKey);
  table.indexes = table.indexes.map(renamed);
  table.foreignKeys = table.foreignKeys.map(renamed);
}

export function editColumn(table: DraftTable, name: string, edit: Partial<Column>): void {
  const column = columnOf(table, name);
  if (column) table.columns.set(name, { ...column, ...edit });
}

/** MySQL says nothing of NULL where it changes the type of a column of the primary key, and leaves it as it is. */
export function dropNotNull(table: DraftTable, name: string): void {
  if (!table.primaryKey.includes(name)) editColumn(table, name, { nullable: true });
}

/** A serial column numbers itself by its default; of an identity column PostgreSQL drops none. */
export function dropDefault(table: DraftTable, name: string): void {
  const numbered = columnOf(table, name)?.generated === 'identity';
  editColumn(table, name, numbered ? { default: null, generated: null } : { default: null });
}
