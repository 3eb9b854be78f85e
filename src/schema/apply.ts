import { changeTable } from './change-table.ts';
import type { ForeignKey, Operation } from './operation.ts';
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
  };
  let idle: Operation | null = null;
  for (const operation of operations) {
    if (idle && isPartOf(operation, idle)) continue;
    idle = isIdle(draft, operation) ? operation : null;
    if (!idle) change(draft, operation);
  }
  return draft;
}

/** A squash or baseline file creates what is there: the database keeps what it has. */
function isIdle(draft: Draft, operation: Operation): boolean {
  return operation.kind === 'create-table' && !operation.replaces && draft.tables.has(operation.table);
}

/** The keys of a table that is not created are not created either. */
function isPartOf(operation: Operation, idle: Operation): boolean {
  const sameStatement = operation.statement === idle.statement && operation.at.path === idle.at.path;
  return sameStatement && operation.table === idle.table;
}

interface Draft {
  readonly tables: Map<string, Table>;
  readonly absent: Set<string>;
  readonly enums: Map<string, readonly string[]>;
}

function change(draft: Draft, operation: Operation): void {
  switch (operation.kind) {
    case 'create-table':
      put(draft, {
        ...emptyTable(operation.table),
        columns: new Map(operation.columns.map((column) => [column.name, column])),
        primaryKey: operation.primaryKey,
      });
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
      return;
    case 'opaque':
      openUp(draft, operation.table);
      return;
    default: {
      const table = draft.tables.get(operation.table) ?? unseenTable(draft, operation.table);
      if (table) draft.tables.set(operation.table, changeTable(table, operation));
      if (table && operation.kind === 'rename-column') renameTarget(draft, operation);
    }
  }
}

function put(draft: Draft, table: Table): void {
  draft.tables.set(table.name, table);
  draft.absent.delete(table.name);
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
  put(draft, { ...table, name: to, foreignKeys: table.foreignKeys.map((key) => renumbered(key, from, to)) });
  for (const other of draft.tables.values()) {
    if (!other.foreignKeys.some((key) => key.toTable === from)) continue;
    const foreignKeys = other.foreignKeys.map((key) => (key.toTable === from ? { ...key, toTable: to } : key));
    draft.tables.set(other.name, { ...other, foreignKeys });
  }
}

/** InnoDB calls a foreign key without a name `table_ibfk_1`, and renames it with its table. */
function renumbered(key: ForeignKey, from: string, to: string): ForeignKey {
  const number = key.name?.startsWith(`${from}_ibfk_`) ? key.name.slice(from.length) : null;
  return number === null ? key : { ...key, name: `${to}${number}` };
}

/** The keys of other tables lead to the column under its new name. */
function renameTarget(draft: Draft, { table, column, to }: Extract<Operation, { kind: 'rename-column' }>): void {
  const leads = ({ toTable, toColumns }: ForeignKey) => toTable === table && toColumns.includes(column);
  for (const other of draft.tables.values()) {
    if (!other.foreignKeys.some(leads)) continue;
    const foreignKeys = other.foreignKeys.map((key) =>
      leads(key) ? { ...key, toColumns: key.toColumns.map((name) => (name === column ? to : name)) } : key,
    );
    draft.tables.set(other.name, { ...other, foreignKeys });
  }
}
