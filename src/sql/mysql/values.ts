import {
  accept,
  acceptOne,
  acceptSymbol,
  type Cursor,
  groupAt,
  peek,
  restOf,
  skip,
  textFrom,
  wordAt,
} from './cursor.ts';
import { plainText } from './token.ts';

const now: ReadonlySet<string> = new Set(['CURRENT_TIMESTAMP', 'NOW', 'LOCALTIME', 'LOCALTIMESTAMP']);

/**
 * The value behind DEFAULT as text: what a string holds, a number as it is written, an expression without its
 * parentheses. Null for NULL, which is the same as no default.
 */
export function defaultAt(cursor: Cursor): string | null {
  if (accept(cursor, 'NULL')) return null;
  if (acceptOne(cursor, now) !== null) return `CURRENT_TIMESTAMP${precisionAt(cursor)}`;
  if (accept(cursor, 'TRUE')) return '1';
  if (accept(cursor, 'FALSE')) return '0';
  const from = cursor.position;
  const group = groupAt(cursor);
  if (group) return literalIn(group) ?? restOf(group);
  if (acceptSymbol(cursor, '-') || acceptSymbol(cursor, '+')) {
    cursor.position++;
    return textFrom(cursor, from).replace('+', '');
  }
  if (accept(cursor, 'NEXT', 'VALUE', 'FOR')) {
    cursor.position++;
    return textFrom(cursor, from);
  }
  return literalAt(cursor, from);
}

/** `('a')` is the string, as `'a'` is; anything more in parentheses is an expression. */
function literalIn(group: Cursor): string | null {
  const token = peek(group);
  return token?.kind === 'string' && group.position + 1 === group.end ? plainText(token) : null;
}

/** `_utf8mb4'a'`, `b'01'`, `x'ff'`, `uuid()`, `'a' 'b'`. */
function literalAt(cursor: Cursor, from: number): string | null {
  const introducer = wordAt(cursor).startsWith('_') || wordAt(cursor) === 'N';
  if (introducer && peek(cursor, 1)?.kind === 'string') cursor.position++;
  const token = peek(cursor);
  cursor.position++;
  if (token?.kind === 'string') return stringsAt(cursor, plainText(token));
  if (peek(cursor)?.kind === 'string' && /^[BX]$/.test(token?.word ?? '')) cursor.position++;
  else if (token?.kind === 'word' && groupAt(cursor)) return textFrom(cursor, from).replace(/\(\s*\)$/, '()');
  return textFrom(cursor, from) || null;
}

/** Strings that stand side by side are one. */
function stringsAt(cursor: Cursor, first: string): string {
  let value = first;
  for (let next = peek(cursor); next?.kind === 'string'; next = peek(cursor)) {
    value += plainText(next);
    cursor.position++;
  }
  return value;
}

/** `(6)` behind CURRENT_TIMESTAMP; `()` and `(0)` say nothing. */
function precisionAt(cursor: Cursor): string {
  const group = groupAt(cursor);
  const digits = group ? (peek(group)?.text ?? '') : '';
  return digits === '' || digits === '0' ? '' : `(${digits})`;
}

/** Moves past `ON UPDATE CURRENT_TIMESTAMP`, whose value no code writes. */
export function skipOnUpdate(cursor: Cursor): void {
  cursor.position += 2;
  skip(cursor);
  groupAt(cursor);
}
