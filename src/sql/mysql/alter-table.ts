import type { Operation } from '../../schema/operation.ts';
import { alterAdd } from './alter-add.ts';
import { alterChange, alterColumn, alterModify } from './alter-column.ts';
import { alterDrop } from './alter-drop.ts';
import { alterOptions } from './alter-options.ts';
import { alterRename } from './alter-rename.ts';
import type { Clause, ReadClause } from './clause.ts';
import { accept, atEnd, type Cursor, offsetOf, piecesOf, restOf, tableAt, wordAt } from './cursor.ts';
import { type Draft, quote, sayOpaque } from './draft.ts';
import { patience } from './patience.ts';

const readers: Readonly<Record<string, ReadClause>> = {
  ADD: alterAdd,
  ALTER: alterColumn,
  CHANGE: alterChange,
  MODIFY: alterModify,
  DROP: alterDrop,
  RENAME: alterRename,
};

/** `ALTER [ONLINE] [IGNORE] TABLE`, after these words. */
export function alterTable(draft: Draft): void {
  const { cursor, run } = draft;
  const conditional = accept(cursor, 'IF', 'EXISTS');
  const table = tableAt(cursor);
  if (table === null) return sayOpaque(draft, { reason: 'the name of the table is not written out', hides: true });
  if (run.session.temporary.has(table)) return;
  patience(draft);
  const inner = { ...draft, run: conditional ? { ...run, conditional } : run };
  for (const clause of clausesOf(cursor)) readClause({ draft: inner, table, cursor: clause, at: offsetOf(clause) });
  putInOrder(draft.operations);
}

function readClause(clause: Clause): void {
  const { draft, table, cursor, at } = clause;
  const from = cursor.position;
  const word = wordAt(cursor);
  const read = Object.hasOwn(readers, word) ? readers[word] : undefined;
  if (read?.(clause)) return;
  cursor.position = from;
  if (!read && alterOptions(clause)) return;
  const text = atEnd(cursor) ? '' : restOf(cursor);
  const reason = text === '' ? 'a clause is missing' : `the clause ${quote(text)} is not known`;
  sayOpaque(draft, { table, reason, hides: text !== '', at });
}

/** Some clauses go on after a comma: the columns of ORDER BY, the names of partitions. */
const lists = /^(?:ORDER|PARTITION|REORGANIZE|TRUNCATE|ANALYZE|CHECK|OPTIMIZE|REBUILD|REPAIR|COALESCE|EXCHANGE)$/;

function clausesOf(cursor: Cursor): readonly Cursor[] {
  const clauses: Cursor[] = [];
  for (const piece of piecesOf(cursor)) {
    const last = clauses.at(-1);
    if (last && continues(last, piece)) clauses[clauses.length - 1] = { ...last, end: piece.end };
    else clauses.push(piece);
  }
  return clauses;
}

function continues(clause: Cursor, next: Cursor): boolean {
  const first = wordAt(clause);
  if (first === 'ORDER') return !clauseStarts.has(wordAt(next));
  const partitions = lists.test(first) || wordAt(clause, 1) === 'PARTITION';
  return partitions && (next.end - next.position === 1 || wordAt(next, 1) === 'INTO');
}

const clauseStarts: ReadonlySet<string> = new Set([
  ...Object.keys(readers),
  'ALGORITHM',
  'LOCK',
  'ENGINE',
  'FORCE',
  'CONVERT',
]);

/**
 * All clauses of one ALTER TABLE are about the table as it was: what is dropped or renamed goes before what is added
 * under the same name, and the new name of the table comes last.
 */
function putInOrder(operations: Operation[]): void {
  operations.sort((one, other) => rank(one) - rank(other));
}

function rank({ kind }: Operation): number {
  if (kind === 'rename-table') return 3;
  if (kind === 'rename-column' || kind === 'rename-index') return 1;
  return kind.startsWith('drop-') && kind !== 'drop-default' && kind !== 'drop-not-null' ? 0 : 2;
}
