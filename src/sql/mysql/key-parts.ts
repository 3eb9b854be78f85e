import {
  accept,
  acceptOne,
  acceptSymbol,
  atEnd,
  type Cursor,
  groupAt,
  nameAt,
  peek,
  piecesOf,
  restOf,
  skip,
  wordAt,
} from './cursor.ts';

/** One part of a key: a column without its length and order, or an expression without its parentheses. */
export function keyPart(cursor: Cursor): string {
  const group = groupAt(cursor);
  if (group) return restOf(group);
  return nameAt(cursor) ?? restOf(cursor);
}

/** `(a, b(10) DESC, (lower(c)))`. Null where no parentheses stand here. */
export function keyPartsAt(cursor: Cursor): readonly string[] | null {
  const group = groupAt(cursor);
  return group
    ? piecesOf(group)
        .map(keyPart)
        .filter((part) => part !== '')
    : null;
}

const kinds: ReadonlySet<string> = new Set(['FULLTEXT', 'SPATIAL', 'VECTOR']);
const valued: ReadonlySet<string> = new Set([
  'KEY_BLOCK_SIZE',
  'COMMENT',
  'ENGINE_ATTRIBUTE',
  'SECONDARY_ENGINE_ATTRIBUTE',
  'CLUSTERING',
  'M',
  'DISTANCE',
]);
const plain: ReadonlySet<string> = new Set(['VISIBLE', 'INVISIBLE', 'IGNORED']);

/** FULLTEXT, SPATIAL or VECTOR before the word INDEX, which may be left out behind the first two; null for the others. */
export function specialAt(cursor: Cursor): string | null {
  const plainName = wordAt(cursor) === 'VECTOR' && !/^(?:INDEX|KEY)$/.test(wordAt(cursor, 1));
  return plainName ? null : acceptOne(cursor, kinds);
}

/** `USING BTREE`. */
export function skipUsing(cursor: Cursor): void {
  if (accept(cursor, 'USING') || accept(cursor, 'TYPE')) cursor.position++;
}

/** Moves past the options of an index as far as they are known. */
export function skipIndexOptions(cursor: Cursor): void {
  for (;;) {
    const from = cursor.position;
    skipUsing(cursor);
    if (accept(cursor, 'WITH', 'PARSER')) skip(cursor);
    else if (acceptOne(cursor, valued) !== null) {
      acceptSymbol(cursor, '=');
      skip(cursor);
    } else if (acceptOne(cursor, plain) === null) accept(cursor, 'NOT', 'IGNORED');
    if (cursor.position === from) return;
  }
}

/** What of a clause is left over and not known, null at its end. */
export function leftOver(cursor: Cursor): string | null {
  return atEnd(cursor) ? null : restOf(cursor);
}

/** `IF NOT EXISTS` or `IF EXISTS`. */
export function ifExists(cursor: Cursor): boolean {
  return accept(cursor, 'IF', 'NOT', 'EXISTS') || accept(cursor, 'IF', 'EXISTS');
}

/** The name of an index before its columns, where there is one. */
export function indexNameAt(cursor: Cursor): string | null {
  if (peek(cursor)?.text === '(') return null;
  const using = wordAt(cursor) === 'USING' || wordAt(cursor) === 'TYPE';
  if (using && peek(cursor, 1)?.kind === 'word' && peek(cursor, 2)?.text === '(') return null;
  return nameAt(cursor);
}
