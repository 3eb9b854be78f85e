import type { ForeignKey } from '../../../schema/operation.ts';
import type { Token } from './sql-text.ts';

/** A foreign key as MySQL's `ALTER TABLE … ADD CONSTRAINT … FOREIGN KEY` adds it. */
export interface AddedForeignKey {
  readonly table: string;
  readonly foreignKey: ForeignKey;
}

/** A place in the tokens; every reading moves it on. */
interface Cursor {
  readonly tokens: readonly Token[];
  position: number;
}

/**
 * Reads the one statement that the plan writes by itself. Null for any other. What follows the constraint may only say
 * how it is made (`ALGORITHM`, `LOCK`).
 */
export function readAddedForeignKey(tokens: readonly Token[]): AddedForeignKey | null {
  const cursor: Cursor = { tokens, position: 0 };
  if (!words(cursor, 'ALTER TABLE')) return null;
  const table = name(cursor);
  if (table === null || !words(cursor, 'ADD CONSTRAINT')) return null;
  const constraint = name(cursor);
  if (constraint === null || !words(cursor, 'FOREIGN KEY')) return null;
  const columns = nameList(cursor);
  if (columns === null || !words(cursor, 'REFERENCES')) return null;
  const toTable = name(cursor);
  const toColumns = nameList(cursor);
  if (toTable === null || toColumns === null) return null;
  const onDelete = action(cursor, 'ON DELETE');
  const onUpdate = action(cursor, 'ON UPDATE');
  if (!onlyManner(cursor)) return null;
  return { table, foreignKey: { name: constraint, columns, toTable, toColumns, onDelete, onUpdate } };
}

function words(cursor: Cursor, wanted: string): boolean {
  const list = wanted.split(' ');
  const found = list.every((each, index) => isWord(cursor.tokens[cursor.position + index], each));
  if (found) cursor.position += list.length;
  return found;
}

function isWord(token: Token | undefined, wanted: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === wanted;
}

function symbol(cursor: Cursor, wanted: string): boolean {
  const token = cursor.tokens[cursor.position];
  const found = token?.kind === 'symbol' && token.text === wanted;
  if (found) cursor.position++;
  return found;
}

function name(cursor: Cursor): string | null {
  const token = cursor.tokens[cursor.position];
  if (token?.kind !== 'name' && token?.kind !== 'word') return null;
  cursor.position++;
  return token.text;
}

function nameList(cursor: Cursor): readonly string[] | null {
  if (!symbol(cursor, '(')) return null;
  const names: string[] = [];
  do {
    const next = name(cursor);
    if (next === null) return null;
    names.push(next);
  } while (symbol(cursor, ','));
  return symbol(cursor, ')') ? names : null;
}

/** SQL's words for what happens to a row whose parent goes, in Active Record's words. */
const actions: readonly (readonly [string, string])[] = [
  ['CASCADE', 'cascade'],
  ['SET NULL', 'nullify'],
  ['RESTRICT', 'restrict'],
];

function action(cursor: Cursor, event: string): string | null {
  if (!words(cursor, event)) return null;
  return actions.find(([sql]) => words(cursor, sql))?.[1] ?? null;
}

function onlyManner(cursor: Cursor): boolean {
  while (symbol(cursor, ',')) {
    if (!words(cursor, 'ALGORITHM') && !words(cursor, 'LOCK')) return false;
    symbol(cursor, '=');
    if (name(cursor) === null) return false;
  }
  return cursor.position === cursor.tokens.length;
}
