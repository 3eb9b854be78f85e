/**
 * PostgreSQL's lexical rules (manual, 4.1 "Lexical Structure"), as far as the parser must be protected by them: where
 * statements end, and what it would need quadratic time for. Offsets are UTF-16 units.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

export type TokenKind =
  | 'word'
  | 'name'
  | 'string'
  | 'dollar'
  | 'number'
  | 'operator'
  | 'symbol'
  | 'comment'
  /** A placeholder of a template engine: the text is computed. */
  | 'template'
  /** A command of the psql terminal, to the end of its line. */
  | 'psql'
  /** A string, name or comment that never ends. It holds the rest of the text. */
  | 'unended';

const space = /[ \t\r\n\f\v]+/y;
const word = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
const number = /[0-9][0-9A-Za-z_.]*/y;
const operator = /(?:(?!--|\/\*|<%)[-+*/<>=~!@#%^&|`?])+/y;
const dollar = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const parameter = /\$[0-9]+/y;
const commentEdge = /\/\*|\*\//g;
const escapedEdge = /['\\]/g;
const lineEnd = /[\r\n]|$/g;

/** The token at or after a place, null at the end. Takes time proportional to its length, for any text. */
export function tokenFrom(text: string, position: number): Token | null {
  space.lastIndex = position;
  const start = space.test(text) ? space.lastIndex : position;
  return start < text.length ? tokenAt(text, start) : null;
}

function tokenAt(text: string, start: number): Token {
  const found =
    matched(text, start, word, 'word') ?? quoted(text, start) ?? bracketed(text, start) ?? plain(text, start);
  return found ?? { kind: 'symbol', start, end: start + 1 };
}

function matched(text: string, start: number, pattern: RegExp, kind: TokenKind): Token | null {
  pattern.lastIndex = start;
  if (!pattern.test(text)) return null;
  const end = pattern.lastIndex;
  const escapes = kind === 'word' && end - start === 1 && /[eE]/.test(text[start] ?? '') && text[end] === "'";
  return escapes ? token('string', start, escapedStringEnd(text, end + 1)) : { kind, start, end };
}

/** `end` is null where the token never ends. */
function token(kind: TokenKind, start: number, end: number | null): Token {
  return end === null ? { kind: 'unended', start, end: start } : { kind, start, end };
}

function quoted(text: string, start: number): Token | null {
  if (text[start] === "'") return token('string', start, quoteEnd(text, "'", start + 1));
  if (text[start] === '"') return token('name', start, quoteEnd(text, '"', start + 1));
  if (text[start] !== '$') return null;
  if (text[start + 1] === '{') return template(text, start, '}');
  const tag = matched(text, start, dollar, 'dollar');
  if (!tag) return matched(text, start, parameter, 'number');
  const mark = text.slice(start, tag.end);
  return token('dollar', start, after(text, mark, tag.end));
}

function bracketed(text: string, start: number): Token | null {
  const two = text.slice(start, start + 2);
  if (two === '--') return token('comment', start, lineEndFrom(text, start));
  if (two === '/*') return token('comment', start, commentEnd(text, start + 2));
  if (two === '{{') return template(text, start, '}}');
  if (two === '{%') return template(text, start, '%}');
  if (two === '<%') return tag(text, start);
  if (two[0] === '\\') return token('psql', start, lineEndFrom(text, start));
  return null;
}

function plain(text: string, start: number): Token | null {
  return matched(text, start, number, 'number') ?? matched(text, start, operator, 'operator');
}

/** Longer ones are none: whoever opens a placeholder over and over must not have the rest searched each time. */
const longestTemplate = 300;

/** A placeholder that never ends still makes its statement one of a template. */
function template(text: string, start: number, close: string): Token {
  const end = text.slice(start, start + longestTemplate).indexOf(close);
  return { kind: 'template', start, end: end === -1 ? start + 2 : start + end + close.length };
}

/** `<%` and `%>` are operators as well (pg_trgm), so it takes both. */
function tag(text: string, start: number): Token | null {
  const found = template(text, start, '%>');
  return found.end > start + 2 ? found : null;
}

function lineEndFrom(text: string, start: number): number {
  lineEnd.lastIndex = start;
  return lineEnd.exec(text)?.index ?? text.length;
}

function after(text: string, mark: string, from: number): number | null {
  const found = text.indexOf(mark, from);
  return found === -1 ? null : found + mark.length;
}

function quoteEnd(text: string, quote: string, from: number): number | null {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 2)) {
    if (text[at + 1] !== quote) return at + 1;
  }
  return null;
}

function escapedStringEnd(text: string, from: number): number | null {
  escapedEdge.lastIndex = from;
  for (let edge = escapedEdge.exec(text); edge; edge = escapedEdge.exec(text)) {
    const next = text[edge.index + 1];
    if (edge[0] === "'" && next !== "'") return edge.index + 1;
    escapedEdge.lastIndex = edge.index + 2;
  }
  return null;
}

/** Comments nest in PostgreSQL. */
function commentEnd(text: string, from: number): number | null {
  commentEdge.lastIndex = from;
  let depth = 1;
  for (let edge = commentEdge.exec(text); edge; edge = commentEdge.exec(text)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return commentEdge.lastIndex;
  }
  return null;
}
