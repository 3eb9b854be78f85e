import type {
  CopyStmt,
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  RangeVar,
  SelectStmt,
  UpdateStmt,
  WithClause,
} from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import { type Context, step, type Tree } from './context.ts';
import { relationName, texts } from './names.ts';
import { fromQuery } from './query-table.ts';
import { calledIn } from './routines.ts';
import { isTemporary } from './temporary.ts';

type Change = Extract<Operation, { kind: 'run-data-change' }>['change'];

function changed(
  context: Context,
  relation: RangeVar | undefined,
  change: Change,
  columns: readonly string[],
): readonly Operation[] {
  if (isTemporary(relation)) return [];
  const table = relationName(relation);
  const distinct = [...new Set(columns)];
  return [{ kind: 'run-data-change', table, change, columns: distinct, batched: context.batched, ...step(context) }];
}

export function insert(context: Context, statement: InsertStmt): readonly Operation[] {
  const columns = [...targets(statement.cols), ...targets(statement.onConflictClause?.targetList)];
  const source = statement.selectStmt ? within(context, [statement.selectStmt]) : [];
  return [
    ...withQueries(context, statement.withClause),
    ...source,
    ...changed(context, statement.relation, 'insert', columns),
  ];
}

export function update(context: Context, statement: UpdateStmt): readonly Operation[] {
  const columns = targets(statement.targetList);
  return [...withQueries(context, statement.withClause), ...changed(context, statement.relation, 'update', columns)];
}

export function remove(context: Context, statement: DeleteStmt): readonly Operation[] {
  return [...withQueries(context, statement.withClause), ...changed(context, statement.relation, 'delete', [])];
}

export function merge(context: Context, statement: MergeStmt): readonly Operation[] {
  const columns = (statement.mergeWhenClauses ?? []).flatMap((node) =>
    'MergeWhenClause' in node ? targets(node.MergeWhenClause.targetList) : [],
  );
  return [...withQueries(context, statement.withClause), ...changed(context, statement.relation, 'other', columns)];
}

export function copy(context: Context, statement: CopyStmt): readonly Operation[] {
  if (statement.is_from !== true) return statement.query ? within(context, [statement.query]) : [];
  return changed(context, statement.relation, 'insert', texts(statement.attlist));
}

/** A query changes nothing by itself. It may make a table, hold statements that change rows, call a routine. */
export function select(context: Context, statement: SelectStmt): readonly Operation[] {
  const query: Tree = { SelectStmt: statement };
  const into = statement.intoClause ? fromQuery(context, statement.intoClause, query, false) : [];
  return [...withQueries(context, statement.withClause), ...into, ...calledIn(context, statement)];
}

function withQueries(context: Context, clause: WithClause | undefined): readonly Operation[] {
  const queries = (clause?.ctes ?? []).flatMap((node) =>
    'CommonTableExpr' in node && node.CommonTableExpr.ctequery ? [node.CommonTableExpr.ctequery] : [],
  );
  return within(context, queries);
}

/** Statements that stand in another one. */
export function within(context: Context, nodes: readonly Tree[]): readonly Operation[] {
  return nodes.flatMap((node) => {
    if ('InsertStmt' in node) return insert(context, node.InsertStmt);
    if ('UpdateStmt' in node) return update(context, node.UpdateStmt);
    if ('DeleteStmt' in node) return remove(context, node.DeleteStmt);
    if ('MergeStmt' in node) return merge(context, node.MergeStmt);
    return 'SelectStmt' in node ? select(context, node.SelectStmt) : [];
  });
}

function targets(nodes: readonly Tree[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('ResTarget' in node ? [node.ResTarget.name ?? ''] : []));
}
