import type { ColumnDef, CreateStmt } from 'libpg-query';

import type { Column, Operation } from '../../schema/operation.ts';
import { sourcesOf } from './column-sources.ts';
import { type ReadColumn, readColumn } from './columns.ts';
import { addedConstraint, type Constrained } from './constraints.ts';
import { type Context, step } from './context.ts';
import { chosenName, remember } from './memory.ts';
import { relationName, texts } from './names.ts';
import { isTemporary, temporary } from './temporary.ts';

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
