import type { Column } from '../../schema/operation.ts';
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
import { inlineKeys, sayIgnored, sayKey } from './say-key.ts';
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
  say(draft, { kind: 'create-table', table, columns, primaryKey, replaces }, { at: draft.start });
  for (const key of body.keys) sayKey(draft, table, key);
  for (const saying of body.later) saying();
  if (like === null) sayRest(draft, table, group !== null);
  else sayOpaque(draft, { table, reason: `its columns are those of ${quote(like)}`, hides: false });
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
function sayRest(draft: Draft, table: string, listed: boolean): void {
  const { cursor } = draft;
  skipTableOptions(cursor);
  if (accept(cursor, 'PARTITION', 'BY')) skipPartitions(cursor);
  if (!accept(cursor, 'IGNORE')) accept(cursor, 'REPLACE');
  accept(cursor, 'AS');
  if (atEnd(cursor)) {
    if (!listed) sayOpaque(draft, { table, reason: 'its columns are not written out', hides: false });
    return;
  }
  const at = offsetOf(cursor);
  const query = startsQuery(cursor, 0) || isSymbol(cursor, '(');
  const reason = query ? 'the columns that its query gives are not read' : `${quote(restOf(cursor))} is not known here`;
  sayOpaque(draft, { table, reason, hides: false, at });
}

function skipPartitions(cursor: Cursor): void {
  while (!atEnd(cursor) && !/^(?:AS|SELECT|IGNORE|REPLACE)$/.test(wordAt(cursor))) {
    if (!groupAt(cursor)) cursor.position++;
  }
}
