import {
  accept,
  atEnd,
  type Cursor,
  groupAt,
  isSymbol,
  nameAt,
  piecesOf,
  skip,
  tableAt,
  wordAt,
} from '../mysql/cursor.ts';
import { type Draft, say } from './state.ts';

/** INSERT, REPLACE, UPDATE or DELETE, after its first word. */
export function changeRows(draft: Draft, verb: string): void {
  const { cursor } = draft;
  if (accept(cursor, 'OR')) cursor.position++;
  if (verb === 'UPDATE') return update(draft);
  if (verb === 'DELETE') return remove(draft);
  insert(draft);
}

function insert(draft: Draft): void {
  const { cursor, run } = draft;
  accept(cursor, 'INTO');
  const table = tableAt(cursor);
  if (accept(cursor, 'AS')) nameAt(cursor);
  const group = groupAt(cursor);
  const columns = group ? piecesOf(group).flatMap((piece) => nameAt(piece) ?? []) : [];
  if (table === null || run.temporary.has(table)) return;
  noteCopy(draft, table, columns);
  say(draft, { kind: 'run-data-change', table, change: 'insert', columns, batched: false });
}

/** `SELECT a, b FROM t` with nothing but columns and expressions: which column fills which. */
function noteCopy(draft: Draft, into: string, columns: readonly string[]): void {
  const { cursor, run, statement } = draft;
  if (!accept(cursor, 'SELECT')) return;
  const list = listUntilFrom(cursor);
  const from = accept(cursor, 'FROM') ? tableAt(cursor) : null;
  if (from === null) return;
  const filled = list.map((piece) => onlyName(piece));
  const names = columns.length > 0 ? columns : filled.map((name) => name ?? '');
  const pairs = names.map((name, index): [string, string | null] => [name, filled[index] ?? null]);
  run.copies.set(into, { statement, from, into, columns: new Map(pairs) });
}

function listUntilFrom(cursor: Cursor): readonly Cursor[] {
  const end = { ...cursor };
  while (!atEnd(end) && wordAt(end) !== 'FROM') skip(end);
  const list = { ...cursor, end: end.position };
  cursor.position = end.position;
  return piecesOf(list);
}

/** `a`, `t.a`, `a AS b`: the column; null for any other expression. */
function onlyName(piece: Cursor): string | null {
  const name = tableAt(piece);
  if (accept(piece, 'AS')) nameAt(piece);
  return atEnd(piece) ? name : null;
}

function update(draft: Draft): void {
  const { cursor, run } = draft;
  const table = tableAt(cursor);
  while (!atEnd(cursor) && wordAt(cursor) !== 'SET') skip(cursor);
  accept(cursor, 'SET');
  const columns: string[] = [];
  while (!atEnd(cursor) && wordAt(cursor) !== 'WHERE') {
    const column = nameAt(cursor);
    if (column !== null && isSymbol(cursor, '=')) columns.push(column);
    while (!atEnd(cursor) && !isSymbol(cursor, ',') && wordAt(cursor) !== 'WHERE') skip(cursor);
    if (isSymbol(cursor, ',')) cursor.position++;
  }
  if (table !== null && run.temporary.has(table)) return;
  say(draft, { kind: 'run-data-change', table, change: 'update', columns, batched: false });
}

function remove(draft: Draft): void {
  const { cursor, run } = draft;
  accept(cursor, 'FROM');
  const table = tableAt(cursor);
  if (table !== null && run.temporary.has(table)) return;
  say(draft, { kind: 'run-data-change', table, change: 'delete', columns: [], batched: false });
}
