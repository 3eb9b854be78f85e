import { accept, acceptOne, acceptSymbol, type Cursor, peek, skip, textFrom, wordAt } from './cursor.ts';

const valued: ReadonlySet<string> = new Set(
  `ENGINE TYPE AUTO_INCREMENT AVG_ROW_LENGTH CHARSET COLLATE CHECKSUM TABLE_CHECKSUM COMMENT COMPRESSION CONNECTION
  DELAY_KEY_WRITE ENCRYPTION ENCRYPTED ENCRYPTION_KEY_ID IETF_QUOTES INSERT_METHOD KEY_BLOCK_SIZE MAX_ROWS MIN_ROWS
  PACK_KEYS PAGE_CHECKSUM PAGE_COMPRESSED PAGE_COMPRESSION_LEVEL PASSWORD ROW_FORMAT SEQUENCE SECONDARY_ENGINE
  SECONDARY_ENGINE_ATTRIBUTE ENGINE_ATTRIBUTE STATS_AUTO_RECALC STATS_PERSISTENT STATS_SAMPLE_PAGES STORAGE
  TABLESPACE TRANSACTIONAL UNION AUTOEXTEND_SIZE START`.split(/\s+/),
);

const several: readonly (readonly string[])[] = [
  ['CHARACTER', 'SET'],
  ['CHAR', 'SET'],
  ['DATA', 'DIRECTORY'],
  ['INDEX', 'DIRECTORY'],
];

/**
 * One table option, as `NAME=value` with one blank at most; the cursor moves behind it. Null where none stands here.
 * https://dev.mysql.com/doc/refman/8.4/en/create-table.html, https://mariadb.com/kb/en/create-table/
 */
export function tableOptionAt(cursor: Cursor): string | null {
  const from = cursor.position;
  if (accept(cursor, 'WITH', 'SYSTEM', 'VERSIONING')) return 'WITH SYSTEM VERSIONING';
  const byDefault = accept(cursor, 'DEFAULT');
  const name = several.find((words) => accept(cursor, ...words))?.join(' ') ?? acceptOne(cursor, valued);
  if (name === null) {
    if (byDefault) cursor.position = from;
    return null;
  }
  acceptSymbol(cursor, '=');
  const start = cursor.position;
  skip(cursor);
  return `${byDefault ? 'DEFAULT ' : ''}${name}=${textFrom(cursor, start)}`;
}

/** Moves past options of a table as far as they are known; a comma may stand between two. */
export function skipTableOptions(cursor: Cursor): void {
  while (peek(cursor) && !/^(?:PARTITION|AS|SELECT|IGNORE|REPLACE)$/.test(wordAt(cursor))) {
    if (!acceptSymbol(cursor, ',') && tableOptionAt(cursor) === null) return;
  }
}
