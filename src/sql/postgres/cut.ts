import { dataAfter, psqlCommand } from './psql.ts';
import { type Token, tokenFrom } from './tokens.ts';

/** A stretch of the text between two `;`, or one line of psql's own. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Why it must not reach the parser; completes "could not be read: …". */
  readonly refused: string | null;
  /** True between psql's `\if` and `\endif`. */
  readonly conditional: boolean;
  /** True where what follows cannot be parsed with it in one go: data of a COPY, a line of psql's. */
  readonly last: boolean;
  /** A line of psql's that stands for a statement. */
  readonly psql: boolean;
}

/** The text with comments, psql's lines and data of COPY blanked out, so that every offset stays, and its statements. */
export interface Cut {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/**
 * The parser takes 12 s for 160 KB of nested comments and 4 s for 80 KB of one operator, and its nesting ends at some
 * thousand levels. None of that stands in a statement that means something.
 */
const deepest = 400;
const longestOperator = 63;

/** Cuts a text at the `;` that end statements. Takes linear time; whatever the text is, it never fails. */
export function cut(text: string): Cut {
  const cutter: Cutter = { text, kept: [], copied: 0, pieces: [], open: newPiece(), conditions: 0, dataless: false };
  let position = 0;
  for (let token = tokenFrom(text, position); token; token = tokenFrom(text, position)) {
    position = take(cutter, token);
  }
  close(cutter, text.length, false);
  cutter.kept.push(text.slice(cutter.copied));
  return { text: cutter.kept.join(''), pieces: cutter.pieces };
}

interface Cutter {
  readonly text: string;
  readonly kept: string[];
  copied: number;
  readonly pieces: Piece[];
  open: Open;
  /** How many `\if` are open. */
  conditions: number;
  /** True where the rest has no end of data, so that it need not be searched again. */
  dataless: boolean;
}

interface Open {
  start: number | null;
  refused: string | null;
  depth: number;
  words: string[];
  /** How many blocks of a body written in SQL (`BEGIN ATOMIC … END`) and CASE expressions within are open. */
  body: number;
  copiesIn: boolean;
}

function newPiece(): Open {
  return { start: null, refused: null, depth: 0, words: [], body: 0, copiesIn: false };
}

/** Takes one token in and tells where the next one may begin. */
function take(cutter: Cutter, token: Token): number {
  const { open } = cutter;
  if (token.kind === 'comment') return blank(cutter, token.start, token.end);
  if (token.kind === 'psql') return command(cutter, token);
  const symbol = token.kind === 'symbol' ? cutter.text[token.start] : '';
  if (symbol === ';' && endsHere(open)) return endStatement(cutter, token);
  open.start ??= token.start;
  if (token.kind === 'unended') return unended(cutter, token);
  open.refused ??= refusalOf(cutter.text, token);
  if (token.kind === 'word') word(open, cutter.text.slice(token.start, token.end).toLowerCase());
  else if (symbol === '(' || symbol === '[') nest(open);
  else if (symbol === ')' || symbol === ']') open.depth = Math.max(0, open.depth - 1);
  return token.end;
}

function endsHere(open: Open): boolean {
  const rule = open.depth > 0 && open.words[0] === 'create' && open.words.slice(1, 4).includes('rule');
  return open.body === 0 && !rule;
}

function nest(open: Open): void {
  open.depth++;
  if (open.depth > deepest) open.refused ??= 'it is nested too deep';
}

function word(open: Open, text: string): void {
  const { words } = open;
  if (words[0] === 'create' && text === 'atomic' && words.at(-1) === 'begin') open.body = 1;
  else if (open.body > 0 && text === 'case') open.body++;
  else if (open.body > 0 && text === 'end') open.body--;
  if (words[0] === 'copy' && text === 'stdin' && words.at(-1) === 'from') open.copiesIn = true;
  // Only the first words and the last one are ever asked for.
  if (words.length > 4) words[4] = text;
  else words.push(text);
}

function refusalOf(text: string, token: Token): string | null {
  if (token.kind === 'template') return 'a template fills in a part of it';
  if (token.kind === 'operator' && token.end - token.start > longestOperator) return 'an operator in it is too long';
  const isText = token.kind === 'string' || token.kind === 'dollar' || token.kind === 'name' || token.kind === 'symbol';
  if (!isText) return null;
  const source = text.slice(token.start, token.end);
  if (source.includes('\0')) return 'a NUL byte stands in it';
  return token.kind === 'name' && /\$\{|\{\{|<%/.test(source) ? 'a template fills in a part of it' : null;
}

function unended(cutter: Cutter, token: Token): number {
  const what = cutter.text.startsWith('/*', token.start) ? 'a comment' : 'a quotation';
  cutter.open.refused = `${what} in it never ends`;
  return cutter.text.length;
}

/** Blanks a stretch: what is left keeps its place. */
function blank(cutter: Cutter, start: number, end: number): number {
  cutter.kept.push(cutter.text.slice(cutter.copied, start), ' '.repeat(end - start));
  cutter.copied = end;
  return end;
}

function close(cutter: Cutter, end: number, last: boolean): void {
  const { start, refused } = cutter.open;
  if (start !== null) {
    cutter.pieces.push({ start, end, refused, conditional: cutter.conditions > 0, last, psql: false });
  }
  cutter.open = newPiece();
}

function endStatement(cutter: Cutter, token: Token): number {
  const reads = cutter.open.copiesIn && !cutter.dataless;
  const data = reads ? dataAfter(cutter.text, token.end) : null;
  if (reads && !data) cutter.dataless = true;
  close(cutter, token.start, data !== null);
  return data ? blank(cutter, data.start, data.end) : token.end;
}

function command(cutter: Cutter, token: Token): number {
  const { start, end } = token;
  const { name, ends, stands } = psqlCommand(cutter.text.slice(start, start + 30));
  if (ends) close(cutter, start, false);
  if (stands !== null) {
    cutter.pieces.push({ start, end, refused: stands, conditional: cutter.conditions > 0, last: true, psql: true });
  }
  if (name === 'if') cutter.conditions++;
  if (name === 'endif') cutter.conditions = Math.max(0, cutter.conditions - 1);
  return blank(cutter, start, end);
}
