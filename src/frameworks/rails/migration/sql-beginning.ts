import type { Token } from './sql-text.ts';
import { hole } from './value.ts';

/** What the leading words of a statement tell of it. It reads no statement: that is the work of a parser. */
export interface Beginning {
  /** The table that it names first; null where the beginning does not tell. */
  readonly table: string | null;
  /** A table of this name is new afterwards. */
  readonly creates: string | null;
  readonly extension: string | null;
  /** Whether it may change a table in a way that only the rest of it tells. */
  readonly risky: boolean;
}

/** Tells what a statement begins with. */
export function beginningOf(tokens: readonly Token[]): Beginning {
  const words = tokens.slice(0, 12).map((token) => (token.kind === 'word' ? token.text.toUpperCase() : token.text));
  const made = nameAt(tokens, createdTable(words));
  return {
    table: made ?? nameAt(tokens, startOfTable(words)),
    creates: words.includes('EXISTS') ? null : made,
    extension: nameAt(tokens, createdExtension(words)),
    risky: made === null && !startsHarmless(words),
  };
}

/** Statements that change no table, whatever they are about. */
const harmless: ReadonlySet<string> = new Set(
  `UPDATE INSERT DELETE SELECT SET RESET SHOW COMMENT ANALYZE ANALYSE LOCK UNLOCK REPLACE VACUUM WITH VALUES EXPLAIN
  PRAGMA REFRESH REINDEX OPTIMIZE START COMMIT ROLLBACK SAVEPOINT RELEASE NOTIFY USE FLUSH CHECKPOINT COPY MERGE END GRANT
  REVOKE LOAD`.split(/\s+/),
);

/** What stands beside the tables: to create, alter or drop it changes none of their columns. */
const beside: ReadonlySet<string> = new Set(
  `EXTENSION FUNCTION PROCEDURE ROUTINE AGGREGATE TRIGGER EVENT SEQUENCE ROLE USER PUBLICATION SUBSCRIPTION COLLATION
  STATISTICS OPERATOR CAST CONVERSION LANGUAGE POLICY SERVER TABLESPACE DATABASE TEXT`.split(/\s+/),
);

/** Words that stand between CREATE and what is created. */
const between: ReadonlySet<string> = new Set(
  'OR REPLACE IF NOT EXISTS CONSTRAINT TEMPORARY TEMP UNLOGGED GLOBAL LOCAL TRUSTED PROCEDURAL DEFAULT'.split(' '),
);

/** These change nothing only where they are new. */
const newThings: ReadonlySet<string> = new Set(['SCHEMA', 'TYPE', 'DOMAIN']);

function startsHarmless(words: readonly string[]): boolean {
  const [verb = ''] = words;
  if (harmless.has(verb)) return true;
  if (verb !== 'CREATE' && verb !== 'ALTER' && verb !== 'DROP') return false;
  const what = words[afterNoise(words, 1, between)] ?? '';
  if (verb === 'DROP') return beside.has(what) && what !== 'DATABASE';
  if (verb === 'ALTER') return (beside.has(what) && what !== 'DATABASE') || words[1] === 'DEFAULT';
  return beside.has(what) || newThings.has(what) || isDefined(words);
}

/** MySQL's ``CREATE DEFINER = `root`@`localhost` TRIGGER``. */
function isDefined(words: readonly string[]): boolean {
  return words[1] === 'DEFINER' && words.some((word) => beside.has(word));
}

function createdTable(words: readonly string[]): number | null {
  if (words[0] !== 'CREATE') return null;
  const table = afterNoise(words, 1, between);
  return words[table] === 'TABLE' ? afterNoise(words, table + 1, between) : null;
}

function createdExtension(words: readonly string[]): number | null {
  return words[0] === 'CREATE' && words[1] === 'EXTENSION' ? afterNoise(words, 2, between) : null;
}

function startOfTable(words: readonly string[]): number | null {
  const [verb = ''] = words;
  if (verb === 'UPDATE') return skip(words, 1, ['ONLY', 'IGNORE']);
  if (verb === 'INSERT' || verb === 'DELETE') {
    const from = words.findIndex((word) => word === 'INTO' || word === 'FROM');
    return from === -1 ? null : skip(words, from + 1, ['ONLY']);
  }
  if (verb === 'CREATE' && words.slice(1, 3).includes('INDEX')) {
    const on = words.indexOf('ON');
    return on === -1 ? null : skip(words, on + 1, ['ONLY']);
  }
  const table = words.indexOf('TABLE');
  if (table === -1 || table > 2) return verb === 'TRUNCATE' ? skip(words, 1, ['ONLY']) : null;
  return verb === 'CREATE' ? null : skip(words, table + 1, ['IF', 'EXISTS', 'ONLY']);
}

function skip(words: readonly string[], start: number, noise: readonly string[]): number {
  return afterNoise(words, start, new Set(noise));
}

function afterNoise(words: readonly string[], start: number, noise: ReadonlySet<string>): number {
  let position = start;
  while (noise.has(words[position] ?? '')) position++;
  return position;
}

/** The name that begins at a place, without the database's schema before it. */
function nameAt(tokens: readonly Token[], start: number | null): string | null {
  if (start === null) return null;
  const dotted = tokens[start + 1]?.text === '.' && tokens[start + 1]?.kind === 'symbol';
  const token = tokens[dotted ? start + 2 : start];
  const named = token?.kind === 'name' || token?.kind === 'word';
  const whole = tokens[dotted ? start + 3 : start + 1]?.text !== hole;
  return named && whole && !token.text.includes(hole) ? token.text : null;
}
