import { changeEnum } from './change-enum.ts';
import { changeTable, type TableOperation } from './change-table.ts';
import { derivedTable } from './derive-table.ts';
import { type Draft, draftOf, editable, put, remove } from './draft.ts';
import type { Operation } from './operation.ts';
import { renameTable, renameTarget } from './rename.ts';
import { emptyTable, type Schema } from './schema.ts';

/** The schema after the operation. What cannot apply (a column of a table that is not there) changes nothing. */
export function apply(schema: Schema, operation: Operation): Schema {
  return applyAll(schema, [operation]);
}

/** The schema after all operations, in order. Costs one copy of the schema however many there are. */
export function applyAll(schema: Schema, operations: readonly Operation[]): Schema {
  const draft = draftOf(schema);
  for (const operation of operations) if (!isPassedOver(draft, operation)) change(draft, operation);
  return { tables: draft.tables, absent: draft.absent, enums: draft.enums };
}

/** An operation and the schema that it meets, which is changed at the next turn: ask it now, keep nothing of it. */
export interface Meeting {
  readonly operation: Operation;
  readonly schema: Schema;
}

/** Goes through the operations as the database does, at the cost of `applyAll`. Those that do not run are left out. */
export function* replay(start: Schema, operations: readonly Operation[]): Generator<Meeting> {
  const { schema, apply, runs } = replaying(start);
  for (const operation of operations) {
    if (!runs(operation)) continue;
    yield { operation, schema };
    apply(operation);
  }
}

/** A schema that changes with each operation done to it: ask it now, keep nothing of it. */
export interface Replaying {
  readonly schema: Schema;
  /** False for what the rest of its statement passes over: keys of a CREATE TABLE whose table is there. */
  readonly runs: (operation: Operation) => boolean;
  readonly apply: (operation: Operation) => void;
}

/** The same for whoever asks between the operations. */
export function replaying(start: Schema): Replaying {
  const draft = draftOf(start);
  const runs = (operation: Operation) => !isPassedOver(draft, operation);
  return { schema: draft, runs, apply: (operation) => (runs(operation) ? change(draft, operation) : undefined) };
}

function isPassedOver({ passedOver }: Draft, { table, statement, at }: Operation): boolean {
  return passedOver?.table === table && passedOver?.statement === statement && passedOver.at.path === at.path;
}

function change(draft: Draft, operation: Operation): void {
  switch (operation.kind) {
    case 'create-table':
      return createTable(draft, operation);
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
    case 'drop-enum':
    case 'rename-enum':
    case 'add-enum-value':
    case 'rename-enum-value':
      return changeEnum(draft.enums, operation);
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
    default:
      return changeWithin(draft, operation);
  }
}

function createTable(draft: Draft, operation: Extract<Operation, { kind: 'create-table' }>): void {
  // A squash or baseline file creates what is there: the database keeps what it has.
  if (draft.tables.has(operation.table) && !operation.replaces) draft.passedOver = operation;
  else put(draft, derivedTable(draft.tables, operation));
}

function changeWithin(draft: Draft, operation: TableOperation): void {
  const name = tableOf(draft, operation);
  const table = name === null ? null : editable(draft, name);
  if (!table) return;
  changeTable(table, withKey(draft, operation));
  draft.places.note(table.name, operation);
  if (operation.kind === 'rename-column') renameTarget(draft, operation);
}

/** `DROP INDEX` of PostgreSQL tells the index alone. */
function tableOf(draft: Draft, operation: TableOperation): string | null {
  if (operation.kind !== 'drop-index' && operation.kind !== 'rename-index') return operation.table;
  const { table, name } = operation;
  return table ?? (name === null ? null : draft.places.ofIndex(draft.tables, name));
}

/** A foreign key without columns leads to the primary key. */
function withKey(draft: Draft, operation: TableOperation): TableOperation {
  if (operation.kind !== 'add-foreign-key' || operation.foreignKey.toColumns.length > 0) return operation;
  const toColumns = draft.tables.get(operation.foreignKey.toTable)?.primaryKey ?? [];
  return { ...operation, foreignKey: { ...operation.foreignKey, toColumns } };
}

/** It goes with all that is in it, or the database refuses. Tables of `public` are named without it. */
function dropSchema(draft: Draft, schema: string): void {
  for (const name of [...draft.tables.keys()]) {
    const holder = name.includes('.') ? name.slice(0, name.indexOf('.')) : 'public';
    if (holder === schema) remove(draft, name);
  }
}

/** After a statement that nobody could read a table may have columns that nobody knows of. */
function openUp(draft: Draft, name: string | null): void {
  const table = name !== null && draft.tables.has(name) ? editable(draft, name) : null;
  if (table) table.open = true;
}
