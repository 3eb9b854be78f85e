import type { CreateStmt, TableLikeClause } from 'libpg-query';

import type { ColumnSource } from '../../schema/operation.ts';
import { relationName } from './names.ts';

/** The tables that a new table takes columns from: a partitioned one, parents, likenesses. */
export function sourcesOf(statement: CreateStmt): readonly ColumnSource[] {
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
