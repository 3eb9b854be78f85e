import type { Token, TokenKind } from '../mysql/token.ts';

const blanks = /[\s\uFEFF]+/y;
const line = /--[^\n]*/y;
const word = /[\w$\u0080-\uFFFF]+/y;
const number = /(?:0x[\da-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(?![\w$])/iy;
const variable = /[@:$?]\w*/y;
const template = /\$\{|\{\{|\{%|<%/y;

/**
 * Cuts SQLite's SQL into the tokens of the MySQL reader. A backslash is a letter like any other, "…" and […] are names,
 * and comments are `--` and those in slashes and stars. https://www.sqlite.org/lang_keywords.html. Linear, never fails.
 */
export function lexSqlite(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let position = 0; position < text.length; ) {
    const skipped = matchAt(blanks, text, position) ?? matchAt(line, text, position);
    if (skipped !== null) position += skipped.length;
    else if (text.startsWith('/*', position)) position = afterComment(text, position);
    else {
      const token = tokenAt(text, position);
      tokens.push(token);
      position = token.end;
    }
  }
  return tokens;
}

function matchAt(pattern: RegExp, text: string, position: number): string | null {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0] ?? null;
}

/** A comment that is never closed reaches to the end, as SQLite has it. */
function afterComment(text: string, start: number): number {
  const end = text.indexOf('*/', start + 2);
  return end === -1 ? text.length : end + 2;
}

function tokenAt(text: string, start: number): Token {
  const first = text[start] ?? '';
  if (first === ';') return made('end', { text, start, end: start + 1 });
  if (first === "'" || first === '"' || first === '`' || first === '[') return quoted(text, start, first);
  if (first === '\0') return broken(text, start, { end: start + 1, reason: 'a NUL byte stands in it' });
  if (matchAt(template, text, start) !== null) return made('template', { text, start, end: start + 2 });
  const kinds: readonly (readonly [RegExp, TokenKind])[] = [
    [number, 'number'],
    [word, 'word'],
    [variable, 'variable'],
  ];
  for (const [pattern, kind] of kinds) {
    const found = matchAt(pattern, text, start);
    if (found !== null) return made(kind, { text, start, end: start + found.length });
  }
  return made('symbol', { text, start, end: start + 1 });
}

interface Range {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function made(kind: TokenKind, { text, start, end }: Range): Token {
  const written = text.slice(start, end);
  return { kind, text: written, word: kind === 'word' ? written.toUpperCase() : '', start, end };
}

function broken(text: string, start: number, { end, reason }: { end: number; reason: string }): Token {
  return { ...made('broken', { text, start, end }), text: reason };
}

function quoted(text: string, start: number, quote: string): Token {
  const close = quote === '[' ? ']' : quote;
  let end = start + 1;
  while (end < text.length) {
    if (text[end] !== close) end++;
    else if (close !== ']' && text[end + 1] === close) end += 2;
    else return made(quote === "'" ? 'string' : 'name', { text, start, end: end + 1 });
  }
  return broken(text, start, { end, reason: `a quote (${quote}) is not closed` });
}
