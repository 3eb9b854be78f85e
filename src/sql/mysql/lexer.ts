import { commentAt, lineEnd } from './comments.ts';
import type { Flavour, Token, TokenKind } from './token.ts';

interface Lexer {
  readonly text: string;
  readonly flavour: Flavour;
  readonly tokens: Token[];
  position: number;
  /** What ends a statement; a line with DELIMITER changes it. */
  delimiter: string;
  /** Comments that are open and executed. */
  comments: number;
}

const blanks = /[\s\uFEFF]+/y;
const word = /(?:[\w\u0080-\uFFFF]|\$(?!\{))+/y;
const fraction = /\.\d+(?:e[+-]?\d+)?/iy;
const exponent = /[+-]\d+/y;
const number = /^(?:\d+(?:e\d*)?|0x[\da-f]+|0b[01]+)$/i;
const variable = /@@?[\w$.\u0080-\uFFFF]*/y;
/** Only how it opens: SQL has none of these, and to look for the end would cost more than linear time. */
const template = /\$\{|\{\{|\{%|<%/y;

/** Cuts a text into tokens, and its statements with `end` tokens. Linear in its length, never fails. */
export function lexMysql(text: string, flavour: Flavour): readonly Token[] {
  const lexer: Lexer = { text, flavour, tokens: [], position: 0, delimiter: ';', comments: 0 };
  while (lexer.position < text.length) step(lexer);
  if (lexer.comments > 0) give(lexer, 'broken', { end: text.length, text: 'a comment is not closed' });
  return lexer.tokens;
}

function step(lexer: Lexer): void {
  const { text, position } = lexer;
  const space = matchAt(blanks, lexer);
  if (space !== null) {
    lexer.position += space.length;
    return;
  }
  if (text.startsWith(lexer.delimiter, position)) return give(lexer, 'end', { end: position + lexer.delimiter.length });
  if (skipComment(lexer)) return;
  const first = text[position] ?? '';
  if (first === "'" || first === '"' || first === '`') return quoted(lexer, first);
  if (first === '\0') return give(lexer, 'broken', { end: position + 1, text: 'a NUL byte stands in it' });
  const filled = first === '$' || first === '{' || first === '<' ? matchAt(template, lexer) : null;
  if (filled !== null) return give(lexer, 'template', { end: position + filled.length });
  if (first === '@') return give(lexer, 'variable', { end: position + (matchAt(variable, lexer) ?? '@').length });
  const found = matchAt(word, lexer);
  if (found !== null) return takeWord(lexer, found);
  symbol(lexer, first);
}

function symbol(lexer: Lexer, first: string): void {
  const { text, position } = lexer;
  const part = first === '.' && !endsName(lexer) ? matchAt(fraction, lexer) : null;
  if (part !== null) return give(lexer, 'number', { end: position + part.length });
  // The client's own `\G` and `\g` end a statement.
  if (first === '\\' && /[gG]/.test(text[position + 1] ?? '')) return give(lexer, 'end', { end: position + 2 });
  give(lexer, 'symbol', { end: position + (text.startsWith(':=', position) ? 2 : 1) });
}

function endsName({ tokens, position }: Lexer): boolean {
  const last = tokens.at(-1);
  return last !== undefined && last.end === position && (last.kind === 'word' || last.kind === 'name');
}

function matchAt(pattern: RegExp, { text, position }: Lexer): string | null {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0] ?? null;
}

function give(lexer: Lexer, kind: TokenKind, { end, text }: { readonly end: number; readonly text?: string }): void {
  const start = lexer.position;
  const written = text ?? lexer.text.slice(start, end);
  lexer.tokens.push({ kind, text: written, word: kind === 'word' ? written.toUpperCase() : '', start, end });
  lexer.position = end;
}

function skipComment(lexer: Lexer): boolean {
  const { text, position, flavour } = lexer;
  if (lexer.comments > 0 && text.startsWith('*/', position)) {
    lexer.comments--;
    lexer.position += 2;
    return true;
  }
  const comment = commentAt(text, position, flavour);
  if (!comment) return false;
  if (comment.executed) lexer.comments++;
  if (comment.end === null) give(lexer, 'broken', { end: text.length, text: 'a comment is not closed' });
  else lexer.position = comment.end;
  return true;
}

function quoted(lexer: Lexer, quote: string): void {
  const { text } = lexer;
  let end = lexer.position + 1;
  while (end < text.length) {
    const next = text[end];
    if (next === '\\' && quote !== '`') end += 2;
    else if (next !== quote) end++;
    else if (text[end + 1] === quote) end += 2;
    else return give(lexer, quote === '`' ? 'name' : 'string', { end: end + 1 });
  }
  give(lexer, 'broken', { end: text.length, text: `a quote (${quote}) is not closed` });
}

function takeWord(lexer: Lexer, found: string): void {
  const cut = lexer.delimiter === ';' ? -1 : found.indexOf(lexer.delimiter);
  const written = cut > 0 ? found.slice(0, cut) : found;
  if (written.toUpperCase() === 'DELIMITER' && startsLine(lexer)) return changeDelimiter(lexer, written.length);
  if (!number.test(written)) return give(lexer, 'word', { end: lexer.position + written.length });
  takeNumber(lexer, written);
}

function takeNumber(lexer: Lexer, written: string): void {
  const whole = lexer.position;
  lexer.position += written.length;
  const pattern = /e$/i.test(written) ? exponent : fraction;
  const rest = /^0[xb]/i.test(written) ? null : matchAt(pattern, lexer);
  const end = lexer.position + (rest?.length ?? 0);
  lexer.position = whole;
  give(lexer, 'number', { end });
}

/** A command of the client stands at the start of a statement and of a line. */
function startsLine({ text, tokens, position }: Lexer): boolean {
  const last = tokens.at(-1);
  if (last !== undefined && last.kind !== 'end') return false;
  return last === undefined || text.slice(last.end, position).includes('\n');
}

function changeDelimiter(lexer: Lexer, length: number): void {
  const { text, position } = lexer;
  const end = lineEnd(text, position);
  const said =
    text
      .slice(position + length, end)
      .trim()
      .split(/\s+/)[0] ?? '';
  const wanted = /^(['"`])(.+)\1$/.exec(said)?.[2] ?? said;
  if (wanted === '') return give(lexer, 'broken', { end, text: 'DELIMITER names no delimiter' });
  lexer.delimiter = wanted;
  lexer.position = end;
}
