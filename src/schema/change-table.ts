import type { Column, Operation } from './operation.ts';
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

/** The table after an operation on it. A column or constraint that is not there is left alone. */
export function changeTable(table: Table, operation: TableOperation): Table {
  switch (operation.kind) {
    case 'add-column':
      return addColumn(table, operation.column);
    case 'drop-column':
      return dropColumn(table, operation.column);
    case 'rename-column':
      return renameColumn(table, operation.column, operation.to);
    case 'change-type':
      return withColumn(table, operation.column, (column) => ({ ...column, type: operation.type }));
    case 'set-not-null':
      return withColumn(table, operation.column, (column) => ({ ...column, nullable: false }));
    case 'drop-not-null':
      if (table.primaryKey.includes(operation.column)) return table;
      return withColumn(table, operation.column, (column) => ({ ...column, nullable: true }));
    case 'set-default':
      return withColumn(table, operation.column, (column) => ({ ...column, default: operation.default }));
    case 'drop-default':
      return withColumn(table, operation.column, (column) => ({ ...column, default: null }));
    case 'create-index':
      if (operation.conditional && hasIndex(table, operation.index.name)) return table;
      return { ...table, indexes: [...table.indexes, operation.index] };
    case 'drop-index':
    case 'drop-unique':
      return { ...table, indexes: table.indexes.filter((index) => !isMeant(index, operation)) };
    case 'rename-index':
      return {
        ...table,
        indexes: table.indexes.map((index) =>
          index.name === operation.name ? { ...index, name: operation.to } : index,
        ),
      };
    case 'add-unique': {
      const backing = { name: operation.name, columns: operation.columns, unique: true, where: null };
      const others = table.indexes.filter((index) => index.name === null || index.name !== operation.usingIndex);
      return { ...table, indexes: [...others, backing] };
    }
    case 'add-foreign-key':
      return { ...table, foreignKeys: [...table.foreignKeys, operation.foreignKey] };
    case 'drop-foreign-key':
      return {
        ...table,
        foreignKeys: table.foreignKeys.filter((key) => !isMeant(key, operation) && !leadsTo(key.toTable, operation)),
      };
    case 'add-check':
      return { ...table, checks: [...table.checks, operation.check] };
    case 'drop-check':
      return {
        ...table,
        checks: table.checks.filter((check) =>
          operation.name === null ? check.expression !== operation.expression : check.name !== operation.name,
        ),
      };
    case 'add-exclusion':
    case 'drop-exclusion':
      return table;
  }
}

function hasIndex({ indexes }: Table, name: string | null): boolean {
  return name !== null && indexes.some((index) => index.name === name);
}

function addColumn(table: Table, column: Column): Table {
  if (table.columns.has(column.name)) return table;
  return {
    ...table,
    columns: new Map(table.columns).set(column.name, column),
    absent: without(table.absent, column.name),
  };
}

/** Databases drop what is built on a column with it: indexes and constraints that name it. */
function dropColumn(table: Table, name: string): Table {
  const columns = new Map(table.columns);
  columns.delete(name);
  return {
    ...table,
    columns,
    absent: table.open ? new Set(table.absent).add(name) : table.absent,
    primaryKey: table.primaryKey.includes(name) ? [] : table.primaryKey,
    indexes: table.indexes.filter((index) => !index.columns.includes(name)),
    foreignKeys: table.foreignKeys.filter((key) => !key.columns.includes(name)),
    checks: table.checks.filter(({ expression }) => !names(expression, name)),
  };
}

function names(expression: string, column: string): boolean {
  return expression.split(/[^\p{L}\p{N}_$]+/u).includes(column);
}

function renameColumn(table: Table, from: string, to: string): Table {
  const known = table.columns.get(from) ?? (table.open && !table.absent.has(from) ? unknownColumn(from) : null);
  if (!known) return table;
  const rename = (names: readonly string[]) => names.map((name) => (name === from ? to : name));
  const columns = new Map(
    [...table.columns].map(([name, column]) => (name === from ? [to, { ...column, name: to }] : [name, column])),
  );
  return {
    ...table,
    columns: columns.set(to, { ...known, name: to }),
    absent: table.open ? new Set(without(table.absent, to)).add(from) : table.absent,
    primaryKey: rename(table.primaryKey),
    indexes: table.indexes.map((index) => ({ ...index, columns: rename(index.columns) })),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: rename(key.columns) })),
  };
}

function withColumn(table: Table, name: string, edit: (column: Column) => Column): Table {
  const column = table.columns.get(name) ?? (table.open && !table.absent.has(name) ? unknownColumn(name) : null);
  return column ? { ...table, columns: new Map(table.columns).set(name, edit(column)) } : table;
}

function unknownColumn(name: string): Column {
  return { name, type: null, nullable: true, default: null, generated: null };
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

function without(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  if (!names.has(name)) return names;
  const rest = new Set(names);
  rest.delete(name);
  return rest;
}
