import type { ColumnDef, CreateStmt, CreateTableAsStmt, IntoClause, RangeVar, TableLikeClause } from 'libpg-query';

import type { Column, ColumnSource, Operation } from '../../schema/operation.ts';
import { type ReadColumn, readColumn } from './columns.ts';
import { addedConstraint, type Constrained } from './constraints.ts';
import { type Context, opaque, step, type Tree } from './context.ts';
import { chosenName, remember } from './memory.ts';
import { relationName, texts } from './names.ts';

/** CREATE TABLE in all its forms but AS. */
export function createTable(context: Context, statement: CreateStmt): readonly Operation[] {
  const { relation } = statement;
  if (isTemporary(relation)) return temporary(context, relation);
  const table = relationName(relation);
  const conditional = statement.if_not_exists === true;
  const columns = (statement.tableElts ?? []).flatMap((node) =>
    'ColumnDef' in node ? [readColumn(context, node.ColumnDef)] : [],
  );
  const constraints = constraintsOf(context, statement, table, columns, conditional);
  const keys = constraints.filter(({ constraint }) => constraint.contype === 'CONSTR_PRIMARY');
  const primaryKey = keys.flatMap((key) => keyColumns(key));
  for (const { constraint } of keys) nameKey(context, table, constraint.conname);
  const from = sourcesOf(statement);
  const create: Operation = {
    kind: 'create-table',
    table,
    columns: withRequired(columns, primaryKey, constraints),
    primaryKey,
    replaces: false,
    ...(from.length > 0 && { from }),
    ...(statement.ofTypename && { open: true }),
    ...step(context, conditional),
  };
  return [
    create,
    ...constraints.filter((each) => !isPartOfTable(each)).flatMap((each) => addedConstraint(context, each)),
  ];
}

function nameKey(context: Context, table: string, name: string | undefined): void {
  if (name === undefined) chosenName(context.memory, table, null, 'pkey');
  else remember(context.memory, name, table);
}

/** It is told by the table's own operation. */
function isPartOfTable(constrained: Constrained): boolean {
  return constrained.constraint.contype === 'CONSTR_PRIMARY' || isNotNull(constrained);
}

function isNotNull({ constraint }: Constrained): boolean {
  return constraint.contype === 'CONSTR_NOTNULL';
}

function keyColumns({ constraint, column }: Constrained): readonly string[] {
  return column === null ? texts(constraint.keys) : [column];
}

/** Columns of the key are NOT NULL, and so are those that a constraint of the table says it of (PostgreSQL 18). */
function withRequired(
  columns: readonly ReadColumn[],
  primaryKey: readonly string[],
  constraints: readonly Constrained[],
): readonly Column[] {
  const said = constraints.filter(isNotNull).flatMap(({ constraint }) => texts(constraint.keys));
  const required = new Set([...primaryKey, ...said]);
  return columns.map(({ column }) => (required.has(column.name) ? { ...column, nullable: false } : column));
}

function constraintsOf(
  context: Context,
  statement: CreateStmt,
  table: string,
  columns: readonly ReadColumn[],
  conditional: boolean,
): readonly Constrained[] {
  const inline = columns.flatMap(({ column, constraints }) =>
    constraints.map((constraint) => ({ column: column.name, constraint })),
  );
  const own = (statement.tableElts ?? []).flatMap((node) =>
    'Constraint' in node ? [{ column: null, constraint: node.Constraint }] : [],
  );
  return [...inline, ...own].map(({ column, constraint }) => {
    const offset = context.source.offset(constraint.location);
    return { table, column, constraint, conditional, offset };
  });
}

function sourcesOf(statement: CreateStmt): readonly ColumnSource[] {
  const partition = statement.partbound !== undefined;
  const parents = (statement.inhRelations ?? []).map(
    (node): ColumnSource => ({
      table: 'RangeVar' in node ? relationName(node.RangeVar) : '',
      manner: partition ? 'partition' : 'inherit',
      including: partition ? everything : ['defaults', 'constraints', 'generated'],
    }),
  );
  const likes = (statement.tableElts ?? []).flatMap((node) =>
    'TableLikeClause' in node ? [likeOf(node.TableLikeClause)] : [],
  );
  return [...parents, ...likes];
}

const everything: ColumnSource['including'] = [
  'defaults',
  'constraints',
  'generated',
  'identity',
  'indexes',
  'foreign-keys',
];

/** `TableLikeOption` of PostgreSQL (`src/include/nodes/parsenodes.h`); an identity column of a parent is none in a copy. */
const likeOptions: readonly (readonly [number, ColumnSource['including'][number]])[] = [
  [1 << 2, 'constraints'],
  [1 << 3, 'defaults'],
  [1 << 4, 'generated'],
  [1 << 5, 'identity'],
  [1 << 6, 'indexes'],
];

function likeOf(clause: TableLikeClause): ColumnSource {
  const options = clause.options ?? 0;
  const including = likeOptions.filter(([bit]) => (options & bit) !== 0).map(([, what]) => what);
  return { table: relationName(clause.relation), manner: 'like', including };
}

/** CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW. */
export function createTableAs(context: Context, statement: CreateTableAsStmt): readonly Operation[] {
  const { into, query, objtype } = statement;
  const conditional = statement.if_not_exists === true;
  const table = relationName(into?.rel);
  if (objtype !== 'OBJECT_MATVIEW') return fromQuery(context, into, query, conditional);
  return [{ kind: 'create-view', table, ...step(context, conditional) }];
}

/** A table with the columns of a query: their names where the query tells them, their types never. */
export function fromQuery(
  context: Context,
  into: IntoClause | undefined,
  query: Tree | undefined,
  conditional: boolean,
): readonly Operation[] {
  if (isTemporary(into?.rel)) return temporary(context, into?.rel);
  const given = texts(into?.colNames);
  const own = query && 'SelectStmt' in query ? outputNames(query.SelectStmt.targetList) : null;
  const names = own === null ? given : [...given, ...own.slice(given.length)];
  return [
    {
      kind: 'create-table',
      table: relationName(into?.rel),
      columns: names.map((name) => ({ name, type: null, nullable: true, default: null, generated: null })),
      primaryKey: [],
      replaces: false,
      ...(own === null && { open: true }),
      ...step(context, conditional),
    },
  ];
}

/** The names of a query's columns; null where one is a `*` or the database chooses its name. */
function outputNames(targets: readonly Tree[] | undefined): readonly string[] | null {
  const names = (targets ?? []).map((node) => {
    if (!('ResTarget' in node)) return null;
    const { name, val } = node.ResTarget;
    if (name !== undefined) return name;
    const fields = val && 'ColumnRef' in val ? (val.ColumnRef.fields ?? []) : [];
    const last = fields.at(-1);
    return last && 'String' in last ? (last.String.sval ?? null) : null;
  });
  const known = names.filter((name) => name !== null);
  return names.length > 0 && known.length === names.length ? known : null;
}

/** Only this session sees it. */
export function isTemporary(relation: RangeVar | undefined): boolean {
  return relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp';
}

/** What a temporary table is like concerns nobody else, so later statements about it are left out. */
function temporary(context: Context, relation: RangeVar | undefined): readonly Operation[] {
  const name = relationName(relation);
  context.memory.temporary.add(name);
  return [opaque(context, `${name} is a temporary table`, false)];
}

/** The columns of `ADD COLUMN` and what comes with it. */
export function addColumn(
  context: Context,
  table: string,
  definition: ColumnDef,
  clause: { readonly offset: number; readonly conditional: boolean },
): readonly Operation[] {
  const { column, constraints } = readColumn(context, definition);
  const at = step(context, clause.conditional, clause.offset);
  return [
    { kind: 'add-column', table, column, ...at },
    ...constraints.flatMap((constraint) =>
      addedConstraint(context, {
        table,
        column: column.name,
        constraint,
        conditional: clause.conditional,
        offset: context.source.offset(constraint.location),
      }),
    ),
  ];
}
