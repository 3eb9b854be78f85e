import type { Check, Column, ColumnSource, ForeignKey, Index, Operation } from './operation.ts';
import { emptyTable, type Table } from './schema.ts';

type CreateTable = Extract<Operation, { kind: 'create-table' }>;

/** The table that a statement creates. It stays open where what it takes over is not known. */
export function derivedTable(tables: ReadonlyMap<string, Table>, create: CreateTable): Table {
  const own: Table = {
    ...emptyTable(create.table),
    columns: new Map(create.columns.map((column) => [column.name, column])),
    primaryKey: create.primaryKey,
    open: create.open ?? false,
  };
  return (create.from ?? []).reduce((table, source) => takeOver(table, source, tables.get(source.table)), own);
}

function takeOver(table: Table, source: ColumnSource, parent: Table | undefined): Table {
  if (!parent) return { ...table, open: true };
  const has = (what: ColumnSource['including'][number]) => source.including.includes(what);
  const taken = [...parent.columns.values()].map((column) =>
    merged(likeness(column, has), table.columns.get(column.name)),
  );
  return {
    ...table,
    columns: new Map([...taken.map((column) => [column.name, column] as const), ...without(table.columns, parent)]),
    primaryKey: has('indexes') && table.primaryKey.length === 0 ? parent.primaryKey : table.primaryKey,
    indexes: has('indexes') ? [...table.indexes, ...indexesOf(parent, has('index-names'))] : table.indexes,
    foreignKeys: has('foreign-keys') ? joined<ForeignKey>(table.foreignKeys, parent.foreignKeys) : table.foreignKeys,
    checks: has('constraints') ? joined<Check>(table.checks, parent.checks) : table.checks,
    open: table.open || parent.open,
  };
}

/** A column that both name is one column. */
function merged(taken: Column, own: Column | undefined): Column {
  if (!own) return taken;
  return { ...own, nullable: own.nullable && taken.nullable, default: own.default ?? taken.default };
}

function without(columns: ReadonlyMap<string, Column>, parent: Table): readonly (readonly [string, Column])[] {
  return [...columns].filter(([name]) => !parent.columns.has(name));
}

function joined<Thing>(own: readonly Thing[], taken: readonly Thing[]): readonly Thing[] {
  return [...own, ...taken];
}

/** Where names of indexes are unique in a schema the database chooses others. */
function indexesOf({ indexes }: Table, named: boolean): readonly Index[] {
  return named ? indexes : indexes.map((index) => ({ ...index, name: null }));
}

/** A serial column numbers itself by its default, so it does where defaults come along. */
function likeness(column: Column, has: (what: ColumnSource['including'][number]) => boolean): Column {
  const { generated } = column;
  const keeps = generated === 'identity' ? has('identity') || has('defaults') : has('generated');
  return {
    ...column,
    default: has('defaults') ? column.default : null,
    generated: generated !== null && keeps ? generated : null,
  };
}
