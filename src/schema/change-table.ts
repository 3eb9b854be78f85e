import type { Check, Column, ForeignKey, Index, Operation } from './operation.ts';
import type { Table } from './schema.ts';

/** The operations that change one table from the inside. */
export type TableOperation = Exclude<
  Operation,
  {
    kind:
      | 'create-table'
      | 'drop-table'
      | 'rename-table'
      | 'create-view'
      | 'drop-view'
      | 'create-enum'
      | 'drop-enum'
      | 'rename-enum'
      | 'add-enum-value'
      | 'rename-enum-value'
      | 'set-comment'
      | 'change-table-options'
      | 'enable-extension'
      | 'validate-constraint'
      | 'run-data-change'
      | 'opaque';
  }
>;

/** A table of which nobody else holds a reference, so that a long run of operations needs no copy for each. */
export interface DraftTable extends Table {
  readonly columns: Map<string, Column>;
  primaryKey: readonly string[];
  indexes: Index[];
  foreignKeys: ForeignKey[];
  checks: Check[];
  open: boolean;
  readonly absent: Set<string>;
}

export function draftTable(table: Table): DraftTable {
  return {
    ...table,
    columns: new Map(table.columns),
    indexes: [...table.indexes],
    foreignKeys: [...table.foreignKeys],
    checks: [...table.checks],
    absent: new Set(table.absent),
  };
}

/** Does an operation to the table. A column or constraint that is not there is left alone. */
export function changeTable(table: DraftTable, operation: TableOperation): void {
  switch (operation.kind) {
    case 'add-column':
      return addColumn(table, operation.column);
    case 'drop-column':
      return dropColumn(table, operation.column);
    case 'rename-column':
      return renameColumn(table, operation.column, operation.to);
    case 'change-type':
      return editColumn(table, operation.column, { type: operation.type });
    case 'set-not-null':
      return editColumn(table, operation.column, { nullable: false });
    case 'drop-not-null':
      return editColumn(table, operation.column, { nullable: true });
    case 'set-default':
      return editColumn(table, operation.column, { default: operation.default });
    case 'drop-default':
      return editColumn(table, operation.column, { default: null });
    case 'create-index':
      table.indexes.push(operation.index);
      return;
    case 'drop-index':
    case 'drop-unique':
      table.indexes = table.indexes.filter((index) => !isMeant(index, operation));
      return;
    case 'rename-index':
      table.indexes = table.indexes.map((index) =>
        index.name === operation.name ? { ...index, name: operation.to } : index,
      );
      return;
    case 'add-unique':
      return addUnique(table, operation);
    case 'add-foreign-key':
      table.foreignKeys.push(operation.foreignKey);
      return;
    case 'drop-foreign-key':
      table.foreignKeys = table.foreignKeys.filter(
        (key) => !isMeant(key, operation) && !leadsTo(key.toTable, operation),
      );
      return;
    case 'add-check':
      table.checks.push(operation.check);
      return;
    case 'drop-check':
      table.checks = table.checks.filter((check) =>
        operation.name === null ? check.expression !== operation.expression : check.name !== operation.name,
      );
      return;
    case 'add-exclusion':
    case 'drop-exclusion':
      return;
  }
}

function addColumn(table: DraftTable, column: Column): void {
  if (table.columns.has(column.name)) return;
  table.columns.set(column.name, column);
  table.absent.delete(column.name);
}

/** Databases drop what is built on a column with it: indexes and constraints that name it. */
function dropColumn(table: DraftTable, name: string): void {
  table.columns.delete(name);
  if (table.open) table.absent.add(name);
  table.indexes = table.indexes.filter((index) => !index.columns.includes(name));
  table.foreignKeys = table.foreignKeys.filter((key) => !key.columns.includes(name));
}

function renameColumn(table: DraftTable, from: string, to: string): void {
  const known = columnOf(table, from);
  if (!known) return;
  // It goes to the end, since nobody asks for the order of columns and thousands may be renamed.
  table.columns.delete(from);
  table.columns.set(to, { ...known, name: to });
  table.absent.delete(to);
  if (table.open) table.absent.add(from);
  const renamed = <Thing extends { readonly columns: readonly string[] }>(thing: Thing): Thing =>
    thing.columns.includes(from) ? { ...thing, columns: withName(thing.columns, from, to) } : thing;
  table.primaryKey = withName(table.primaryKey, from, to);
  table.indexes = table.indexes.map(renamed);
  table.foreignKeys = table.foreignKeys.map(renamed);
}

function withName(names: readonly string[], from: string, to: string): readonly string[] {
  return names.map((name) => (name === from ? to : name));
}

function editColumn(table: DraftTable, name: string, edit: Partial<Column>): void {
  const column = columnOf(table, name);
  if (column) table.columns.set(name, { ...column, ...edit });
}

/** Null: the table has no such column. One of a table that nobody described is taken to be there. */
function columnOf(table: DraftTable, name: string): Column | null {
  const unseen = table.open && !table.absent.has(name);
  return table.columns.get(name) ?? (unseen ? unknownColumn(name) : null);
}

function unknownColumn(name: string): Column {
  return { name, type: null, nullable: true, default: null, generated: null };
}

function addUnique(table: DraftTable, operation: Extract<Operation, { readonly kind: 'add-unique' }>): void {
  const { name, columns, usingIndex } = operation;
  const others = table.indexes.filter((index) => index.name === null || index.name !== usingIndex);
  table.indexes = [...others, { name, columns, unique: true, where: null }];
}

interface Named {
  readonly name: string | null;
  readonly columns: readonly string[];
}

/** Whether a drop by name, or else by columns, means this index or constraint. */
function isMeant(thing: Named, drop: Named): boolean {
  if (drop.name !== null && thing.name === drop.name) return true;
  return (
    drop.columns.length > 0 && sameColumns(thing.columns, drop.columns) && (drop.name === null || thing.name === null)
  );
}

function leadsTo(
  table: string,
  drop: { readonly toTable: string | null; readonly name: string | null } & Named,
): boolean {
  return drop.name === null && drop.columns.length === 0 && drop.toTable === table;
}

function sameColumns(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((column, index) => column === right[index]);
}
