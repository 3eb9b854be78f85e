import type { Column, ColumnSource } from '../../schema/operation.ts';
import { columnAt } from './column.ts';
import {
  accept,
  atEnd,
  type Cursor,
  groupAt,
  isSymbol,
  nameAt,
  offsetOf,
  piecesOf,
  restOf,
  tableAt,
  wordAt,
} from './cursor.ts';
import { type Draft, quote, say, sayOpaque } from './draft.ts';
import { type KeyRead, keyAt, startsKey } from './keys.ts';
import { inlineKeys, sayIgnored, sayKey, sayUnknown } from './say-key.ts';
import { skipTableOptions } from './table-options.ts';

/** What stands in a table's parentheses. */
interface Body {
  readonly columns: Column[];
  readonly keys: KeyRead[];
  primaryKey: readonly string[];
  /** Says what was not understood, once the table is there. */
  readonly later: (() => void)[];
}

/** `CREATE [OR REPLACE] [TEMPORARY] TABLE`, after these words. */
export function createTable(draft: Draft, how: { readonly replaces: boolean; readonly temporary: boolean }): void {
  const { cursor, run } = draft;
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS') || how.replaces;
  const table = tableAt(cursor);
  if (table === null) return sayOpaque(draft, { reason: 'the name of the table is not written out', hides: true });
  if (how.temporary) {
    run.session.temporary.add(table);
    return;
  }
  const inner = { ...draft, run: conditional ? { ...run, conditional } : run };
  const { taken } = run.session;
  const known = how.replaces ? undefined : taken.get(table);
  taken.set(table, { indexes: new Set(), foreignKeys: 0 });
  readTable(inner, table, how.replaces);
  // A table that was there keeps its own names.
  if (conditional && known) taken.set(table, known);
}

function readTable(draft: Draft, table: string, replaces: boolean): void {
  const { cursor } = draft;
  const body: Body = { columns: [], keys: [], primaryKey: [], later: [] };
  const like = likeAt(cursor);
  const listed = like === null && !startsQuery(cursor, isSymbol(cursor, '(') ? 1 : 0);
  const group = listed ? groupAt(cursor) : null;
  if (listed && isSymbol(cursor, '('))
    return sayOpaque(draft, { table, reason: 'a parenthesis is not closed', hides: true });
  if (group) for (const piece of piecesOf(group)) readPiece(draft, table, { piece, body });
  const columns = body.columns.map((column) =>
    body.primaryKey.includes(column.name) ? { ...column, nullable: false } : column,
  );
  const { primaryKey } = body;
  const rest = like === null ? restAt(cursor, group !== null) : null;
  const origin = { ...(like !== null && { from: [likeness(like)] }), ...(rest?.open && { open: true }) };
  say(draft, { kind: 'create-table', table, columns, primaryKey, replaces, ...origin }, { at: draft.start });
  for (const key of body.keys) sayKey(draft, table, key);
  for (const saying of body.later) saying();
  if (rest) sayUnknown(draft, table, rest);
}

/** Foreign keys do not come along. https://dev.mysql.com/doc/refman/8.4/en/create-table-like.html */
function likeness(table: string): ColumnSource {
  const including = ['defaults', 'constraints', 'generated', 'identity', 'indexes', 'index-names'] as const;
  return { table, manner: 'like', including };
}

function likeAt(cursor: Cursor): string | null {
  if (accept(cursor, 'LIKE')) return tableAt(cursor);
  if (!isSymbol(cursor, '(') || wordAt(cursor, 1) !== 'LIKE') return null;
  const group = groupAt(cursor);
  return group && accept(group, 'LIKE') ? tableAt(group) : null;
}

const queries: ReadonlySet<string> = new Set(['SELECT', 'WITH', 'VALUES', 'TABLE']);

function startsQuery(cursor: Cursor, ahead: number): boolean {
  return queries.has(wordAt(cursor, ahead)) && wordAt(cursor, ahead + 1) !== 'SYSTEM';
}

interface Piece {
  readonly piece: Cursor;
  readonly body: Body;
}

function readPiece(draft: Draft, table: string, { piece, body }: Piece): void {
  const at = offsetOf(piece);
  if (startsKey(piece)) {
    const key = keyAt(piece);
    if (key?.kind === 'primary') body.primaryKey = key.columns;
    else if (key) body.keys.push(key);
    else later(draft, table, { piece, body });
    return;
  }
  if (accept(piece, 'PERIOD', 'FOR')) return;
  const from = piece.position;
  const name = nameAt(piece);
  const read = name === null ? null : columnAt(piece, name);
  if (!read) return later(draft, table, { piece: { ...piece, position: from }, body });
  body.columns.push(read.column);
  if (read.primary) body.primaryKey = [read.column.name];
  body.keys.push(...inlineKeys(draft, read, at));
  body.later.push(() => sayIgnored(draft, table, { read, at }));
}

function later(draft: Draft, table: string, { piece, body }: Piece): void {
  const at = offsetOf(piece);
  const reason = atEnd(piece) ? 'a comma too many stands here' : `${quote(restOf(piece))} is not known here`;
  body.later.push(() => sayOpaque(draft, { table, reason, hides: false, at }));
}

/** What follows the parentheses: options that no code sees, partitions, a query that brings more columns. */
interface Rest {
  readonly open: boolean;
  /** What is not known; it begins at `at`. */
  readonly unknown: string | null;
  readonly at: number;
}

function restAt(cursor: Cursor, listed: boolean): Rest {
  skipTableOptions(cursor);
  if (accept(cursor, 'PARTITION', 'BY')) skipPartitions(cursor);
  if (!accept(cursor, 'IGNORE')) accept(cursor, 'REPLACE');
  accept(cursor, 'AS');
  const at = offsetOf(cursor);
  if (atEnd(cursor)) return { open: !listed, unknown: null, at };
  const query = startsQuery(cursor, 0) || isSymbol(cursor, '(');
  return { open: query, unknown: query ? null : restOf(cursor), at };
}

function skipPartitions(cursor: Cursor): void {
  while (!atEnd(cursor) && !/^(?:AS|SELECT|IGNORE|REPLACE)$/.test(wordAt(cursor))) {
    if (!groupAt(cursor)) cursor.position++;
  }
}
