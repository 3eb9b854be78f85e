import { plainText, type Token } from './token.ts';

/** A place in the tokens of a statement, or of one clause of it. Every reading moves it on. */
export interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** For each opening parenthesis the position of its closing one; absent where it is never closed. */
  readonly closes: ReadonlyMap<number, number>;
  position: number;
  readonly end: number;
}

export function cursorOf(text: string, tokens: readonly Token[]): Cursor {
  return { text, tokens, closes: closesOf(tokens), position: 0, end: tokens.length };
}

function closesOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  const open: number[] = [];
  for (const [position, { kind, text }] of tokens.entries()) {
    if (kind !== 'symbol') continue;
    if (text === '(') open.push(position);
    const start = text === ')' ? open.pop() : undefined;
    if (start !== undefined) closes.set(start, position);
  }
  return closes;
}

export function atEnd({ position, end }: Cursor): boolean {
  return position >= end;
}

export function peek({ tokens, position, end }: Cursor, ahead = 0): Token | null {
  return position + ahead < end ? (tokens[position + ahead] ?? null) : null;
}

/** The keyword at this place, in upper case; empty where none stands there. */
export function wordAt(cursor: Cursor, ahead = 0): string {
  return peek(cursor, ahead)?.word ?? '';
}

/** Moves past the given keywords if all of them stand here. */
export function accept(cursor: Cursor, ...words: readonly string[]): boolean {
  if (!words.every((word, ahead) => wordAt(cursor, ahead) === word)) return false;
  cursor.position += words.length;
  return true;
}

/** Moves past one keyword of several, and gives it. */
export function acceptOne(cursor: Cursor, words: ReadonlySet<string>): string | null {
  const word = wordAt(cursor);
  if (!words.has(word)) return null;
  cursor.position++;
  return word;
}

export function acceptSymbol(cursor: Cursor, symbol: string): boolean {
  if (!isSymbol(cursor, symbol)) return false;
  cursor.position++;
  return true;
}

export function isSymbol(cursor: Cursor, symbol: string): boolean {
  const token = peek(cursor);
  return token?.kind === 'symbol' && token.text === symbol;
}

/** A name, quoted or not. With ANSI_QUOTES a name may stand in ". Null where something else stands here. */
export function nameAt(cursor: Cursor): string | null {
  const token = peek(cursor);
  if (!token || !(token.kind === 'word' || token.kind === 'name' || token.text.startsWith('"'))) return null;
  cursor.position++;
  return plainText(token);
}

/** `table` or `database.table`: the table, which is taken to be of the current database. */
export function tableAt(cursor: Cursor): string | null {
  const first = nameAt(cursor);
  return first !== null && acceptSymbol(cursor, '.') ? nameAt(cursor) : first;
}

/** What stands in the parentheses at this place; the cursor moves behind them. Null where none open or they never close. */
export function groupAt(cursor: Cursor): Cursor | null {
  const close = isSymbol(cursor, '(') ? cursor.closes.get(cursor.position) : undefined;
  if (close === undefined || close >= cursor.end) return null;
  const inner = { ...cursor, position: cursor.position + 1, end: close };
  cursor.position = close + 1;
  return inner;
}

/** The rest of a cursor, cut at the commas that stand in no parentheses. */
export function piecesOf(cursor: Cursor): readonly Cursor[] {
  const pieces: Cursor[] = [];
  let from = cursor.position;
  while (!atEnd(cursor)) {
    if (isSymbol(cursor, ',')) {
      pieces.push({ ...cursor, position: from, end: cursor.position });
      from = cursor.position + 1;
    }
    skip(cursor);
  }
  if (from < cursor.end || pieces.length > 0) pieces.push({ ...cursor, position: from, end: cursor.end });
  return pieces;
}

/** Moves past one token, or past everything in the parentheses that open here. */
export function skip(cursor: Cursor): void {
  if (!groupAt(cursor)) cursor.position++;
}

/** The text from a position to where the cursor is now, as it is written. */
export function textFrom({ text, tokens, position }: Cursor, from: number): string {
  const last = tokens[position - 1];
  const first = tokens[from];
  return first && last && position > from ? text.slice(first.start, last.end) : '';
}

/** The whole rest of a cursor as it is written; the cursor moves to its end. */
export function restOf(cursor: Cursor): string {
  const from = cursor.position;
  cursor.position = cursor.end;
  return textFrom(cursor, from);
}

/** The UTF-16 offset of the token at this place, or of the last one. */
export function offsetOf({ tokens, position }: Cursor): number {
  return (tokens[position] ?? tokens.at(-1))?.start ?? 0;
}
