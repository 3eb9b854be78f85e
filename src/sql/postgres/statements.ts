import type { Operation } from '../../schema/operation.ts';
import { alterTable } from './alter-table.ts';
import { type Context, opaque, step, type Tree } from './context.ts';
import { createTable } from './create-table.ts';
import { copy, insert, merge, remove, select, update } from './data.ts';
import { drop, rename } from './drop.ts';
import { createIndex } from './indexes.ts';
import { maintenanceReaders } from './maintenance.ts';
import { listName, nodeName, relationName, texts } from './names.ts';
import { altered, objectReaders, objectType } from './objects.ts';
import { createTableAs } from './query-table.ts';
import type { Readers } from './readers.ts';
import { call, createRoutine, runBlock } from './routines.ts';
import { isTemporary, temporary } from './temporary.ts';

/** Statements that change neither schema nor rows. */
const quiet: ReadonlySet<string> = new Set(
  `TransactionStmt VariableSetStmt VariableShowStmt ConstraintsSetStmt DiscardStmt ListenStmt NotifyStmt UnlistenStmt
  CheckPointStmt LoadStmt DeallocateStmt DeclareCursorStmt FetchStmt ClosePortalStmt ExecuteStmt ReturnStmt`
    .trim()
    .split(/\s+/),
);

const readers: Readers = {
  ...objectReaders,
  ...maintenanceReaders,
  CreateStmt: createTable,
  CreateForeignTableStmt: (context, { base }) => (base ? createTable(context, base) : []),
  CreateTableAsStmt: createTableAs,
  AlterTableStmt: alterTable,
  DropStmt: drop,
  RenameStmt: rename,
  IndexStmt: createIndex,
  ViewStmt: (context, { view, replace }) =>
    isTemporary(view)
      ? temporary(context, view)
      : [{ kind: 'create-view', table: relationName(view), ...(replace && { replaces: true }), ...step(context) }],
  CommentStmt: (context, { objtype, object }) => {
    const parts = object && 'List' in object ? (object.List.items ?? []) : [];
    const at = step(context);
    if (objtype === 'OBJECT_TABLE') return [{ kind: 'set-comment', table: nodeName(object), column: null, ...at }];
    if (objtype !== 'OBJECT_COLUMN') return [];
    const column = texts(parts.slice(-1))[0] ?? null;
    return [{ kind: 'set-comment', table: listName(parts.slice(0, -1)), column, ...at }];
  },
  GrantStmt: (context, { objtype, objects, is_grant }) => {
    const tables = objtype === 'OBJECT_TABLE' ? (objects ?? []).filter((node) => 'RangeVar' in node).map(nodeName) : [];
    const revokes = is_grant !== true;
    const on = tables.length > 0 ? tables : [null];
    return on.map((table) => ({ kind: 'change-privileges', table, revokes, ...step(context) }));
  },
  GrantRoleStmt: (context, { is_grant }) => [
    { kind: 'change-privileges', table: null, revokes: is_grant !== true, ...step(context) },
  ],
  AlterDefaultPrivilegesStmt: (context, { action }) => [
    { kind: 'change-privileges', table: null, revokes: action?.is_grant !== true, ...step(context) },
  ],

  CreateSchemaStmt: (context, { schemaname, if_not_exists, schemaElts }) => [
    { kind: 'create-object', object: 'schema', table: null, name: schemaname ?? '', ...step(context, if_not_exists) },
    ...(schemaElts ?? []).flatMap((node) => context.inner.node(context, inSchema(node, schemaname ?? ''))),
  ],
  CreateExtensionStmt: (context, { extname, if_not_exists }) => [
    { kind: 'enable-extension', table: null, name: extname ?? '', ...step(context, if_not_exists) },
  ],
  CreateEnumStmt: (context, { typeName, vals }) => [
    { kind: 'create-enum', table: null, name: listName(typeName), values: texts(vals), ...step(context) },
  ],
  AlterEnumStmt: (context, { typeName, oldVal, newVal = '', skipIfNewValExists }) => {
    const name = listName(typeName);
    const at = step(context, skipIfNewValExists);
    if (oldVal !== undefined) {
      return [{ kind: 'rename-enum-value', table: null, name, value: oldVal, to: newVal, ...at }];
    }
    return [{ kind: 'add-enum-value', table: null, name, value: newVal, ...at }];
  },
  AlterObjectSchemaStmt: (context, { objectType: type, relation, object, newschema = '', missing_ok }) => {
    const name = relation ? relationName(relation) : nodeName(object);
    const moves = relation && type !== 'OBJECT_SEQUENCE';
    if (!moves) return altered(context, { object: objectType(type), name, conditional: missing_ok });
    const to = relationName({ schemaname: newschema, relname: relation.relname ?? '' });
    return [{ kind: 'rename-table', table: name, to, ...step(context, missing_ok) }];
  },

  SelectStmt: select,
  InsertStmt: insert,
  UpdateStmt: update,
  DeleteStmt: remove,
  MergeStmt: merge,
  CopyStmt: copy,
  PrepareStmt: (context, { query }) => (query ? context.inner.node(context, query) : []),
  ExplainStmt: (context, { query, options }) => {
    const runs = (options ?? []).some((node) => 'DefElem' in node && node.DefElem.defname === 'analyze');
    return query && runs ? context.inner.node(context, query) : [];
  },

  CreateFunctionStmt: createRoutine,
  DoStmt: runBlock,
  CallStmt: call,
  ImportForeignSchemaStmt: (context) => [opaque(context, 'the tables of another server are made here', true)],
  DropOwnedStmt: (context) => [opaque(context, 'all that a role owns is dropped', true)],
};

/** What CREATE SCHEMA holds is made in that schema. */
function inSchema(node: Tree, schemaname: string): Tree {
  if ('CreateStmt' in node) {
    return { CreateStmt: { ...node.CreateStmt, relation: { schemaname, ...node.CreateStmt.relation } } };
  }
  if ('ViewStmt' in node) return { ViewStmt: { ...node.ViewStmt, view: { schemaname, ...node.ViewStmt.view } } };
  if (!('IndexStmt' in node)) return node;
  return { IndexStmt: { ...node.IndexStmt, relation: { schemaname, ...node.IndexStmt.relation } } };
}

type Reader = (context: Context, statement: unknown) => readonly Operation[];

/** The operations of one statement. What nobody taught this reader is said to be so. */
export function readStatement(context: Context, node: Tree): readonly Operation[] {
  const [[kind = '', statement] = []] = Object.entries(node);
  if (quiet.has(kind)) return [];
  const reader = (readers as Readonly<Record<string, Reader | undefined>>)[kind];
  if (!reader) return [opaque(context, `a statement of the kind ${kind} is not understood`, true)];
  return reader(context, statement);
}
