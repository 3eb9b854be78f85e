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
      | 'reindex'
      | 'truncate'
      | 'lock-table'
      | 'rewrite-table'
      | 'maintain-table'
      | 'refresh-view'
      | 'attach-partition'
      | 'detach-partition'
      | 'create-object'
      | 'alter-object'
      | 'drop-object'
      | 'change-privileges'
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
      return withColumn(table, operation.column, (column) => ({ ...column, nullable: true }));
    case 'set-default':
      return withColumn(table, operation.column, (column) => ({ ...column, default: operation.default }));
    case 'drop-default':
      return withColumn(table, operation.column, withoutDefault);
    case 'set-generated':
      return withColumn(table, operation.column, (column) => ({ ...column, generated: operation.generated }));
    case 'add-primary-key':
      return addPrimaryKey(table, operation);
    case 'drop-constraint':
      return dropConstraint(table, operation.name);
    case 'rename-constraint':
      return renameConstraint(table, operation.name, operation.to);
    case 'create-index':
      if (operation.conditional && table.indexes.some(({ name }) => name !== null && name === operation.index.name)) {
        return table;
      }
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
      const used = table.indexes.find((index) => index.name !== null && index.name === operation.usingIndex);
      const columns = used && operation.columns.length === 0 ? used.columns : operation.columns;
      const backing = { name: operation.name, columns, unique: true, where: null };
      const others = table.indexes.filter((index) => index !== used);
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

function addPrimaryKey(
  table: Table,
  key: { readonly columns: readonly string[]; readonly usingIndex: string | null },
): Table {
  const used = table.indexes.find((index) => index.name !== null && index.name === key.usingIndex);
  const columns = used ? used.columns : key.columns;
  const indexes = table.indexes.filter((index) => index !== used);
  const start: Table = { ...table, indexes, primaryKey: columns };
  return columns.reduce((rest, name) => withColumn(rest, name, (column) => ({ ...column, nullable: false })), start);
}

/** PostgreSQL names a primary key after its table; one with another name is not known by it here. */
function dropConstraint(table: Table, name: string): Table {
  const other = (thing: { readonly name: string | null }) => thing.name !== name;
  return {
    ...table,
    primaryKey: name === `${bare(table.name)}_pkey` ? [] : table.primaryKey,
    indexes: table.indexes.filter(other),
    foreignKeys: table.foreignKeys.filter(other),
    checks: table.checks.filter(other),
  };
}

function bare(table: string): string {
  return table.slice(table.lastIndexOf('.') + 1);
}

function renameConstraint(table: Table, from: string, to: string): Table {
  const rename = <Thing extends { readonly name: string | null }>(thing: Thing): Thing =>
    thing.name === from ? { ...thing, name: to } : thing;
  return {
    ...table,
    indexes: table.indexes.map(rename),
    foreignKeys: table.foreignKeys.map(rename),
    checks: table.checks.map(rename),
  };
}

function addColumn(table: Table, column: Column): Table {
  if (table.columns.has(column.name)) return table;
  return {
    ...table,
    columns: new Map(table.columns).set(column.name, column),
    absent: without(table.absent, column.name),
  };
}

/** Databases drop what is built on a column with it: indexes, constraints and keys that name it. */
function dropColumn(table: Table, name: string): Table {
  const columns = new Map(table.columns);
  columns.delete(name);
  return {
    ...table,
    columns,
    absent: table.open ? new Set(table.absent).add(name) : table.absent,
    primaryKey: table.primaryKey.includes(name) ? [] : table.primaryKey,
    indexes: table.indexes.filter(
      ({ columns, where }) => !columns.some((column) => mentions(column, name)) && !mentions(where ?? '', name),
    ),
    foreignKeys: table.foreignKeys.filter((key) => !key.columns.includes(name)),
    checks: table.checks.filter(({ expression }) => !mentions(expression, name)),
  };
}

/** Whether an expression, or a column that stands alone, has the name among its words. */
function mentions(expression: string, name: string): boolean {
  return expression === name || expression.split(/[^\p{L}\p{N}_$]+/u).includes(name);
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

/** A serial column numbers itself by its default; of an identity column PostgreSQL drops none. */
function withoutDefault(column: Column): Column {
  return { ...column, default: null, generated: column.generated === 'identity' ? null : column.generated };
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
