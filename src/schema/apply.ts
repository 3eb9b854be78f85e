import { changeTable, type DraftTable, draftTable } from './change-table.ts';
import type { Operation } from './operation.ts';
import { emptyTable, type Schema, type Table } from './schema.ts';

/** The schema after the operation. What cannot apply (a column of a table that is not there) changes nothing. */
export function apply(schema: Schema, operation: Operation): Schema {
  return applyAll(schema, [operation]);
}

/** The schema after all operations, in order. Costs one copy of the schema however many there are. */
export function applyAll(schema: Schema, operations: readonly Operation[]): Schema {
  const draft = draftOf(schema);
  for (const operation of operations) change(draft, operation);
  return { tables: draft.tables, absent: draft.absent, enums: draft.enums };
}

/** An operation and the schema that it meets, which is changed at the next turn: ask it now, keep nothing of it. */
export interface Meeting {
  readonly operation: Operation;
  readonly schema: Schema;
}

/** Goes through the operations as the database does, at the cost of `applyAll`. */
export function* replay(start: Schema, operations: readonly Operation[]): Generator<Meeting> {
  const { schema, apply } = replaying(start);
  for (const operation of operations) {
    yield { operation, schema };
    apply(operation);
  }
}

/** A schema that changes with each operation done to it: ask it now, keep nothing of it. */
export interface Replaying {
  readonly schema: Schema;
  readonly apply: (operation: Operation) => void;
}

/** The same for whoever asks between the operations. */
export function replaying(start: Schema): Replaying {
  const draft = draftOf(start);
  return { schema: draft, apply: (operation) => change(draft, operation) };
}

interface Draft {
  readonly tables: Map<string, Table>;
  /** Those of `tables` that were copied already. */
  readonly own: Map<string, DraftTable>;
  readonly absent: Set<string>;
  readonly enums: Map<string, readonly string[]>;
}

function draftOf(schema: Schema): Draft {
  return {
    tables: new Map(schema.tables),
    own: new Map(),
    absent: new Set(schema.absent),
    enums: new Map(schema.enums),
  };
}

function change(draft: Draft, operation: Operation): void {
  switch (operation.kind) {
    case 'create-table':
      // A squash or baseline file creates what is there: the database keeps what it has.
      if (draft.tables.has(operation.table) && !operation.replaces) return;
      put(draft, {
        ...emptyTable(operation.table),
        columns: new Map(operation.columns.map((column) => [column.name, column])),
        primaryKey: operation.primaryKey,
      });
      return;
    case 'drop-table':
    case 'drop-view':
      remove(draft, operation.table);
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
      const table = editable(draft, operation.table);
      if (table) changeTable(table, operation);
    }
  }
}

function put(draft: Draft, table: Table): void {
  draft.tables.set(table.name, table);
  draft.own.delete(table.name);
  draft.absent.delete(table.name);
}

function remove(draft: Draft, name: string): void {
  draft.tables.delete(name);
  draft.own.delete(name);
  draft.absent.add(name);
}

/** The table for changes in place, copied once. Null: it is known to be gone. */
function editable(draft: Draft, name: string): DraftTable | null {
  const own = draft.own.get(name);
  if (own) return own;
  const table = draft.tables.get(name) ?? unseenTable(draft, name);
  if (!table) return null;
  const copy = draftTable(table);
  draft.own.set(name, copy);
  draft.tables.set(name, copy);
  return copy;
}

/** A table that the dump did not show is taken to exist with columns that nobody knows. */
function unseenTable(draft: Draft, name: string): Table | null {
  return draft.absent.has(name) ? null : { ...emptyTable(name), open: true };
}

/** After a statement that nobody could read a table may have columns that nobody knows of. */
function openUp(draft: Draft, name: string | null): void {
  const table = name !== null && draft.tables.has(name) ? editable(draft, name) : null;
  if (table) table.open = true;
}

function renameTable(draft: Draft, from: string, to: string): void {
  const table = draft.tables.get(from) ?? unseenTable(draft, from);
  if (!table) return;
  remove(draft, from);
  put(draft, { ...table, name: to });
  for (const other of draft.tables.values()) {
    if (!other.foreignKeys.some((key) => key.toTable === from)) continue;
    const keys = editable(draft, other.name);
    if (keys) keys.foreignKeys = keys.foreignKeys.map((key) => (key.toTable === from ? { ...key, toTable: to } : key));
  }
}
