import { accept, acceptOne, acceptSymbol, type Cursor, nameAt, restOf, skip } from './cursor.ts';

const charsets: ReadonlySet<string> = new Set(['CHARSET', 'COLLATE']);
const shortCharsets: ReadonlySet<string> = new Set(['ASCII', 'UNICODE', 'BINARY']);

/** `CHARACTER SET x`, `COLLATE y`, `ASCII`: the name, null where no character set stands here. */
export function charsetAt(cursor: Cursor): string | null {
  if (accept(cursor, 'CHARACTER', 'SET') || accept(cursor, 'CHAR', 'SET') || acceptOne(cursor, charsets) !== null) {
    acceptSymbol(cursor, '=');
    return nameAt(cursor) ?? restOf(cursor);
  }
  return acceptOne(cursor, shortCharsets)?.toLowerCase() ?? null;
}

const flags: ReadonlySet<string> = new Set(['VISIBLE', 'INVISIBLE', 'COMPRESSED', 'UNSIGNED', 'SIGNED', 'ZEROFILL']);
const valued: ReadonlySet<string> = new Set([
  'COMMENT',
  'COLUMN_FORMAT',
  'STORAGE',
  'SRID',
  'REF_SYSTEM_ID',
  'ENGINE_ATTRIBUTE',
  'SECONDARY_ENGINE_ATTRIBUTE',
]);

/** Moves past what neither code nor a constraint can see, and where the column stands among the others. */
export function skipDisplay(cursor: Cursor): boolean {
  if (acceptOne(cursor, flags) !== null) {
    if (acceptSymbol(cursor, '=')) skip(cursor);
    return true;
  }
  if (accept(cursor, 'NOT', 'SECONDARY') || accept(cursor, 'FIRST')) return true;
  if (accept(cursor, 'AFTER')) return nameAt(cursor) !== null;
  if (accept(cursor, 'WITH', 'SYSTEM', 'VERSIONING') || accept(cursor, 'WITHOUT', 'SYSTEM', 'VERSIONING')) return true;
  if (acceptOne(cursor, valued) === null) return false;
  acceptSymbol(cursor, '=');
  skip(cursor);
  return true;
}
