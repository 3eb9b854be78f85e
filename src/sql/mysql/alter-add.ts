import { type Clause, sayClause, sayOptions } from './clause.ts';
import { columnAt } from './column.ts';
import { accept, type Cursor, groupAt, isSymbol, nameAt, offsetOf, piecesOf, restOf, wordAt } from './cursor.ts';
import { keyAt, startsKey } from './keys.ts';
import { inlineKeys, sayIgnored, sayKey } from './say-key.ts';

/** `ADD …`: a column, several in parentheses, a key or constraint, a partition. */
export function alterAdd(clause: Clause): boolean {
  const { cursor } = clause;
  accept(cursor, 'ADD');
  if (wordAt(cursor) === 'PARTITION' || wordAt(cursor, 1) === 'VERSIONING' || wordAt(cursor) === 'PERIOD') {
    return sayOptions(clause, `ADD ${restOf(cursor)}`);
  }
  if (startsKey(cursor)) return addKey(clause, cursor);
  accept(cursor, 'COLUMN');
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS');
  if (!isSymbol(cursor, '(')) return addColumn(clause, cursor, conditional);
  const group = groupAt(cursor);
  return group !== null && piecesOf(group).every((piece) => addPiece(clause, piece, conditional));
}

function addPiece(clause: Clause, piece: Cursor, conditional: boolean): boolean {
  const part = { ...clause, cursor: piece, at: offsetOf(piece) };
  return startsKey(piece) ? addKey(part, piece) : addColumn(part, piece, conditional);
}

function addKey({ draft, table }: Clause, cursor: Cursor): boolean {
  const key = keyAt(cursor);
  if (key) sayKey(draft, table, key);
  return key !== null;
}

function addColumn(clause: Clause, cursor: Cursor, conditional: boolean): boolean {
  const { draft, table, at } = clause;
  const name = nameAt(cursor);
  const read = name === null ? null : columnAt(cursor, name);
  if (!read) return false;
  sayClause(clause, { kind: 'add-column', table, column: read.column }, conditional);
  if (read.primary) {
    const columns = [read.column.name];
    sayKey(draft, table, { kind: 'primary', columns, at, conditional, unknown: null });
  }
  for (const key of inlineKeys(draft, read, at)) sayKey(draft, table, { ...key, conditional });
  sayIgnored(draft, table, { read, at });
  return true;
}
