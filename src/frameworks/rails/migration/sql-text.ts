/**
 * Just enough of SQL to tell what a text begins with and where its statements end. It reads no statement: that is the
 * work of a parser.
 */

export interface Token {
  /** Upper case for words; a quoted name stands without its quotes. */
  readonly kind: 'word' | 'name' | 'text' | 'symbol';
  readonly text: string;
}

/** Splits a text into the tokens of its statements. Comments are left out. Never fails, and takes linear time. */
export function statementsOf(sql: string): readonly (readonly Token[])[] {
  const statements: Token[][] = [[]];
  let position = 0;
  while (position < sql.length) {
    const { token, end } = tokenAt(sql, position);
    position = end;
    if (token?.kind === 'symbol' && token.text === ';') statements.push([]);
    else if (token) statements.at(-1)?.push(token);
  }
  return statements.filter((tokens) => tokens.length > 0);
}

const verbs =
  /^\s*(?:alter|create|drop|rename|truncate|update|insert|delete|replace|select|set|with|grant|revoke|comment|analyze|vacuum|lock|call|do|begin)\s/i;

/** Whether a text begins like a statement, for calls that may take something else. */
export function isSql(text: string): boolean {
  return verbs.test(text);
}

interface Read {
  readonly token: Token | null;
  readonly end: number;
}

const word = /[\p{L}\p{N}_$@]+/uy;
const space = /\s+/y;
const dollar = /\$\w*\$/y;

function tokenAt(sql: string, start: number): Read {
  const blank = match(space, sql, start);
  if (blank) return { token: null, end: start + blank.length };
  const comment = commentEnd(sql, start);
  if (comment !== null) return { token: null, end: comment };
  const first = sql[start] ?? '';
  if (first === "'") return quoted(sql, start, 'text');
  if (first === '"' || first === '`') return quoted(sql, start, 'name');
  const tag = match(dollar, sql, start);
  if (tag) {
    const close = sql.indexOf(tag, start + tag.length);
    const end = close === -1 ? sql.length : close + tag.length;
    return { token: { kind: 'text', text: sql.slice(start, end) }, end };
  }
  const found = match(word, sql, start);
  if (found) return { token: { kind: 'word', text: found }, end: start + found.length };
  return { token: { kind: 'symbol', text: first }, end: start + 1 };
}

function match(pattern: RegExp, sql: string, start: number): string | null {
  pattern.lastIndex = start;
  return pattern.exec(sql)?.[0] ?? null;
}

/** Where the comment at this place ends. `/*!40101 SET … …` runs in MySQL, so it is none. */
function commentEnd(sql: string, start: number): number | null {
  if (sql.startsWith('--', start) || sql[start] === '#') return endOf(sql, '\n', start);
  if (sql.startsWith('/*', start) && sql[start + 2] !== '!') return endOf(sql, '*/', start + 2);
  return null;
}

function endOf(sql: string, mark: string, start: number): number {
  const end = sql.indexOf(mark, start);
  return end === -1 ? sql.length : end + mark.length;
}

function quoted(sql: string, start: number, kind: 'text' | 'name'): Read {
  const quote = sql[start] ?? '';
  let end = start + 1;
  while (end < sql.length) {
    if (sql[end] === '\\' && kind === 'text') end += 2;
    else if (sql[end] !== quote) end++;
    else if (sql[end + 1] === quote) end += 2;
    else break;
  }
  return { token: { kind, text: sql.slice(start + 1, Math.min(end, sql.length)) }, end: Math.min(end, sql.length) + 1 };
}
