import { editColumn } from './change-column.ts';
import type { DraftTable } from './draft-table.ts';
import type { Operation } from './operation.ts';

type Of<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>;

interface Named {
  readonly name: string | null;
  readonly columns: readonly string[];
}

/** `IF NOT EXISTS` adds no second index of a name. */
export function addIndex(table: DraftTable, { index, conditional }: Of<'create-index'>): void {
  const there = conditional && index.name !== null && table.indexes.some(({ name }) => name === index.name);
  if (!there) table.indexes.push(index);
}

export function dropIndexes(table: DraftTable, drop: Named): void {
  table.indexes = table.indexes.filter((index) => !isMeant(index, drop));
}

export function addUnique(table: DraftTable, { name, columns, usingIndex }: Of<'add-unique'>): void {
  const used = takeIndex(table, usingIndex);
  table.indexes.push({ name, columns: used && columns.length === 0 ? used : columns, unique: true, where: null });
}

export function addPrimaryKey(table: DraftTable, { columns, usingIndex }: Of<'add-primary-key'>): void {
  table.primaryKey = takeIndex(table, usingIndex) ?? columns;
  for (const column of table.primaryKey) editColumn(table, column, { nullable: false });
}

/** The columns of the index that becomes a constraint. Null: there is none. */
function takeIndex(table: DraftTable, index: string | null): readonly string[] | null {
  const used = index === null ? undefined : table.indexes.find(({ name }) => name === index);
  if (!used) return null;
  table.indexes = table.indexes.filter((each) => each !== used);
  return used.columns;
}

export function dropForeignKeys(table: DraftTable, drop: Of<'drop-foreign-key'>): void {
  const leads = (toTable: string) => drop.name === null && drop.columns.length === 0 && drop.toTable === toTable;
  table.foreignKeys = table.foreignKeys.filter((key) => !isMeant(key, drop) && !leads(key.toTable));
}

export function dropCheck(table: DraftTable, { name, expression }: Of<'drop-check'>): void {
  table.checks = table.checks.filter((check) =>
    name === null ? check.expression !== expression : check.name !== name,
  );
}

/** MySQL calls every primary key the same, PostgreSQL after its table; one with another name is not known by it here. */
export function dropConstraint(table: DraftTable, name: string): void {
  const other = (thing: { readonly name: string | null }) => thing.name !== name;
  if (name === 'PRIMARY' || name === `${table.name.slice(table.name.lastIndexOf('.') + 1)}_pkey`) table.primaryKey = [];
  table.indexes = table.indexes.filter(other);
  table.foreignKeys = table.foreignKeys.filter(other);
  table.checks = table.checks.filter(other);
}

export function renameIndex(table: DraftTable, from: string, to: string): void {
  table.indexes = table.indexes.map(renaming(from, to));
}

export function renameConstraint(table: DraftTable, from: string, to: string): void {
  renameIndex(table, from, to);
  table.foreignKeys = table.foreignKeys.map(renaming(from, to));
  table.checks = table.checks.map(renaming(from, to));
}

function renaming(from: string, to: string) {
  return <Thing extends { readonly name: string | null }>(thing: Thing): Thing =>
    thing.name === from ? { ...thing, name: to } : thing;
}

/** Whether a drop by name, or else by columns, means this index or constraint. */
function isMeant(thing: Named, drop: Named): boolean {
  if (drop.name !== null && thing.name === drop.name) return true;
  return (
    drop.columns.length > 0 && sameColumns(thing.columns, drop.columns) && (drop.name === null || thing.name === null)
  );
}

function sameColumns(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((column, index) => column === right[index]);
}
