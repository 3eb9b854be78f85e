import { changeTable, type TableOperation } from './change-table.ts';
import { derivedTable } from './derive-table.ts';
import type { Operation } from './operation.ts';
import { emptyTable, type Schema, type Table } from './schema.ts';

/** The schema after the operation. What cannot apply (a column of a table that is not there) changes nothing. */
export function apply(schema: Schema, operation: Operation): Schema {
  return applyAll(schema, [operation]);
}

/** The schema after all operations, in order. Costs one copy of the schema however many there are. */
export function applyAll(schema: Schema, operations: readonly Operation[]): Schema {
  const draft: Draft = {
    tables: new Map(schema.tables),
    absent: new Set(schema.absent),
    enums: new Map(schema.enums),
    indexes: null,
    passedOver: null,
  };
  for (const operation of operations) if (!isPassedOver(draft, operation)) change(draft, operation);
  return { tables: draft.tables, absent: draft.absent, enums: draft.enums };
}

interface Draft {
  readonly tables: Map<string, Table>;
  readonly absent: Set<string>;
  readonly enums: Map<string, readonly string[]>;
  /** Which table an index was last seen on. Null until a statement names an index alone. */
  indexes: Map<string, string> | null;
  /** The CREATE TABLE that found its table there, so that the rest of the same statement does not run either. */
  passedOver: Operation | null;
}

function isPassedOver({ passedOver }: Draft, { table, statement, at }: Operation): boolean {
  return passedOver?.table === table && passedOver?.statement === statement && passedOver.at.path === at.path;
}

function change(draft: Draft, operation: Operation): void {
  switch (operation.kind) {
    case 'create-table':
      // A squash or baseline file creates what is there: the database keeps what it has.
      if (draft.tables.has(operation.table) && !operation.replaces) {
        draft.passedOver = operation;
        return;
      }
      put(draft, derivedTable(draft.tables, operation));
      return;
    case 'drop-table':
    case 'drop-view':
      draft.tables.delete(operation.table);
      draft.absent.add(operation.table);
      return;
    case 'create-view':
      put(draft, { ...emptyTable(operation.table), open: true });
      return;
    case 'rename-table':
      renameTable(draft, operation.table, operation.to);
      return;
    case 'create-enum':
      draft.enums.set(operation.name, operation.values);
      return;
    case 'drop-enum':
      draft.enums.delete(operation.name);
      return;
    case 'rename-enum':
      draft.enums.set(operation.to, draft.enums.get(operation.name) ?? []);
      draft.enums.delete(operation.name);
      return;
    case 'add-enum-value':
      draft.enums.set(operation.name, [...(draft.enums.get(operation.name) ?? []), operation.value]);
      return;
    case 'rename-enum-value':
      draft.enums.set(
        operation.name,
        (draft.enums.get(operation.name) ?? []).map((value) => (value === operation.value ? operation.to : value)),
      );
      return;
    case 'set-comment':
    case 'change-table-options':
    case 'enable-extension':
    case 'validate-constraint':
    case 'run-data-change':
    case 'reindex':
    case 'truncate':
    case 'lock-table':
    case 'rewrite-table':
    case 'maintain-table':
    case 'refresh-view':
    case 'attach-partition':
    case 'detach-partition':
    case 'create-object':
    case 'alter-object':
    case 'change-privileges':
      return;
    case 'drop-object':
      if (operation.object === 'schema') dropSchema(draft, operation.name);
      return;
    case 'opaque':
      openUp(draft, operation.table);
      return;
    default: {
      const name = operation.table ?? tableOf(draft, operation.name);
      const table = name === null ? null : (draft.tables.get(name) ?? unseenTable(draft, name));
      if (table) keep(draft, changeTable(table, withKey(draft, operation)));
    }
  }
}

function put(draft: Draft, table: Table): void {
  keep(draft, table);
  draft.absent.delete(table.name);
}

function keep(draft: Draft, table: Table): void {
  draft.tables.set(table.name, table);
  if (draft.indexes) notePlaces(draft.indexes, table);
}

function notePlaces(indexes: Map<string, string>, table: Table): void {
  for (const { name } of table.indexes) if (name !== null) indexes.set(name, table.name);
}

/** `DROP INDEX` of PostgreSQL tells no table. */
function tableOf(draft: Draft, index: string | null): string | null {
  if (index === null) return null;
  if (!draft.indexes) {
    draft.indexes = new Map();
    for (const table of draft.tables.values()) notePlaces(draft.indexes, table);
  }
  return draft.indexes.get(index) ?? null;
}

/** A foreign key without columns leads to the primary key. */
function withKey(draft: Draft, operation: TableOperation): TableOperation {
  if (operation.kind !== 'add-foreign-key' || operation.foreignKey.toColumns.length > 0) return operation;
  const toColumns = draft.tables.get(operation.foreignKey.toTable)?.primaryKey ?? [];
  return { ...operation, foreignKey: { ...operation.foreignKey, toColumns } };
}

/** It goes with all that is in it, or the database refuses. Tables of `public` are named without it. */
function dropSchema(draft: Draft, schema: string): void {
  for (const name of draft.tables.keys()) {
    const holder = name.includes('.') ? name.slice(0, name.indexOf('.')) : 'public';
    if (holder !== schema) continue;
    draft.tables.delete(name);
    draft.absent.add(name);
  }
}

/** A table that the dump did not show is taken to exist with columns that nobody knows. */
function unseenTable(draft: Draft, name: string): Table | null {
  return draft.absent.has(name) ? null : { ...emptyTable(name), open: true };
}

/** After a statement that nobody could read a table may have columns that nobody knows of. */
function openUp(draft: Draft, name: string | null): void {
  const table = name === null ? undefined : draft.tables.get(name);
  if (table) draft.tables.set(table.name, { ...table, open: true });
}

function renameTable(draft: Draft, from: string, to: string): void {
  const table = draft.tables.get(from) ?? unseenTable(draft, from);
  if (!table) return;
  draft.tables.delete(from);
  draft.absent.add(from);
  put(draft, { ...table, name: to });
  for (const other of draft.tables.values()) {
    if (!other.foreignKeys.some((key) => key.toTable === from)) continue;
    const foreignKeys = other.foreignKeys.map((key) => (key.toTable === from ? { ...key, toTable: to } : key));
    draft.tables.set(other.name, { ...other, foreignKeys });
  }
}
