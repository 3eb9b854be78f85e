import type { DefElem, RangeVar, VacuumStmt } from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import { type Context, opaque, step, type Tree } from './context.ts';
import { relationName } from './names.ts';
import type { Readers } from './readers.ts';

/** The modes of LOCK TABLE in the order of their numbers (`src/include/storage/lockdefs.h`). */
const modes = [
  '',
  'access share',
  'row share',
  'row exclusive',
  'share update exclusive',
  'share',
  'share row exclusive',
  'exclusive',
  'access exclusive',
];

/** Statements that work on what tables hold, whatever it is. */
export const maintenanceReaders: Readers = {
  TruncateStmt: (context, { relations, behavior }) =>
    tables(relations).map((table) => ({
      kind: 'truncate',
      table,
      cascade: behavior === 'DROP_CASCADE',
      ...step(context),
    })),
  LockStmt: (context, { relations, mode }) =>
    tables(relations).map((table) => ({ kind: 'lock-table', table, mode: modes[mode ?? 8] ?? '', ...step(context) })),
  ClusterStmt: (context, { relation }) => {
    if (!relation) return [opaque(context, 'every table that was clustered before is rewritten', false)];
    return [{ kind: 'rewrite-table', table: relationName(relation), manner: 'cluster', ...step(context) }];
  },
  VacuumStmt: vacuum,
  ReindexStmt: (context, { kind, relation, params }) => {
    const concurrently = isOn(params, 'concurrently');
    if (kind === 'REINDEX_OBJECT_INDEX') {
      const name = relation?.relname ?? '';
      return [{ kind: 'reindex', table: context.memory.names.get(name) ?? null, name, concurrently, ...step(context) }];
    }
    const table = relation ? relationName(relation) : null;
    return [{ kind: 'reindex', table, name: null, concurrently, ...step(context) }];
  },
  RefreshMatViewStmt: (context, { relation, concurrent }) => [
    { kind: 'refresh-view', table: relationName(relation), concurrently: concurrent === true, ...step(context) },
  ],
  AlterTableMoveAllStmt: (context) => [opaque(context, 'all tables of a tablespace are rewritten', false)],
};

function tables(nodes: readonly Tree[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('RangeVar' in node ? [relationName(node.RangeVar)] : []));
}

function vacuum(context: Context, { options, rels, is_vacuumcmd }: VacuumStmt): readonly Operation[] {
  const relations = (rels ?? []).flatMap((node) => ('VacuumRelation' in node ? [node.VacuumRelation.relation] : []));
  const manner = is_vacuumcmd ? 'vacuum' : 'analyze';
  if (is_vacuumcmd && isOn(options, 'full')) {
    if (relations.length === 0) return [opaque(context, 'every table is rewritten', false)];
    return relations.map((relation) => ({
      kind: 'rewrite-table',
      table: tableName(relation),
      manner: 'vacuum full',
      ...step(context),
    }));
  }
  if (relations.length === 0) return [{ kind: 'maintain-table', table: null, manner, ...step(context) }];
  return relations.map((relation) => ({
    kind: 'maintain-table',
    table: tableName(relation),
    manner,
    ...step(context),
  }));
}

function tableName(relation: RangeVar | undefined): string {
  return relationName(relation);
}

/** An option without a value is on. */
function isOn(options: readonly Tree[] | undefined, name: string): boolean {
  const option = (options ?? [])
    .flatMap((node) => ('DefElem' in node ? [node.DefElem] : []))
    .find(({ defname }) => defname === name);
  return option !== undefined && !isOff(option);
}

function isOff({ arg }: DefElem): boolean {
  if (!arg) return false;
  if ('String' in arg) return ['off', 'false', '0', 'no'].includes((arg.String.sval ?? '').toLowerCase());
  if ('Integer' in arg) return (arg.Integer.ival ?? 0) === 0;
  return 'Boolean' in arg && arg.Boolean.boolval !== true;
}
