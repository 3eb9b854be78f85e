import type { CreateTableAsStmt, IntoClause } from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import { type Context, step, type Tree } from './context.ts';
import { relationName, texts } from './names.ts';
import { isTemporary, temporary } from './temporary.ts';

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
