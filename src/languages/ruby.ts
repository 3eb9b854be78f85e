import type { Node, ProgramNode } from '@ruby/prism/src/nodes.js';

import type { Location } from '../schema/location.ts';
import { type Positions, positionsIn, type Range } from './positions.ts';
import { type Parsed, parseText } from './prism.ts';

/**
 * Prism takes 0.45 s for 1 MB and minutes for 16 MB, so longer text is refused. Counted in UTF-16 units, which is at
 * most the number of bytes that Prism sees divided by one.
 */
const maxLength = 1024 * 1024;

/** A Ruby text as a syntax tree, with Prism's byte offsets turned into lines and UTF-16 columns. */
export interface RubyFile {
  readonly path: string;
  readonly text: string;
  readonly program: ProgramNode;
  readonly comments: readonly { readonly line: number; readonly text: string }[];
  /** Where a node begins. */
  readonly at: (node: { readonly location: Range }) => Location;
  /** Where a byte range begins, for the parts of a node (`messageLoc`, `nameLoc`). */
  readonly atRange: (range: Range) => Location;
  /** The source text of a node. */
  readonly source: (node: { readonly location: Range }) => string;
  /** The text of a line, counted from 1. */
  readonly line: (line: number) => string;
  /** UTF-16 offsets of a node in `text`, for edits by position. */
  readonly span: (node: { readonly location: Range }) => { readonly start: number; readonly end: number };
}

export type RubyResult =
  | { readonly ok: true; readonly file: RubyFile }
  /** `reason` completes "could not be read: …". */
  | { readonly ok: false; readonly line: number; readonly reason: string };

/**
 * Parses Ruby. A text with a syntax error, too long or nested too deep is refused with its line, never half read.
 * The same text at the same path is parsed once: old code, new code and every phase of a plan share most files.
 */
export function parseRuby(path: string, text: string): RubyResult {
  const known = parsed.get(path)?.get(text);
  if (known) return known;
  const result = parseAnew(path, text);
  keep(path, text, result);
  return result;
}

/** A tree takes some fifty times the room of its text, so only so many characters of text are kept as trees. */
const mostKept = 4 * 1024 * 1024;
const parsed = new Map<string, Map<string, RubyResult>>();
let kept = 0;

function keep(path: string, text: string, result: RubyResult): void {
  kept += text.length;
  if (kept > mostKept) {
    parsed.clear();
    kept = text.length;
  }
  const texts = parsed.get(path) ?? new Map<string, RubyResult>();
  parsed.set(path, texts.set(text, result));
}

/** To turn digits into a number takes the square of their count. Those after a quote are no number. */
const longNumber = /(?<![\w"'])\d\w{10000}/;

function parseAnew(path: string, text: string): RubyResult {
  const refused = refusal(text);
  if (refused) return { ok: false, ...refused };
  const result = parseText(text);
  if (!result) return { ok: false, line: 1, reason: 'the Ruby text is nested too deep' };
  const positions = positionsIn(path, text);
  const error = result.errors[0];
  if (!error) return { ok: true, file: fileOf(path, text, { result, positions }) };
  return { ok: false, line: positions.at(error.location).line, reason: `Ruby syntax error: ${error.message}` };
}

/** What Prism would take too long for. */
function refusal(text: string): { readonly line: number; readonly reason: string } | null {
  if (text.length > maxLength) return { line: 1, reason: 'the Ruby file is larger than 1 MB, the most that is read' };
  const long = longNumber.exec(text);
  if (!long) return null;
  const line = text.slice(0, long.index).split('\n').length;
  return { line, reason: 'the Ruby text has a number of more than 10,000 digits' };
}

function fileOf(
  path: string,
  text: string,
  { result, positions }: { readonly result: Parsed; readonly positions: Positions },
): RubyFile {
  return {
    path,
    text,
    program: result.value,
    comments: result.comments.map(({ location }) => ({
      line: positions.at(location).line,
      text: positions.slice(location),
    })),
    at: (node) => positions.at(node.location),
    atRange: positions.at,
    source: (node) => positions.slice(node.location),
    line: positions.line,
    span: (node) => positions.span(node.location),
  };
}

/** All nodes below and including `node`, parents before children. */
export function* walk(node: Node): Generator<Node> {
  const stack: Node[] = [node];
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield next;
    const children = childrenOf(next);
    for (let index = children.length - 1; index >= 0; index--) stack.push(children[index] as Node);
  }
}

/**
 * The nodes right below one. `compactChildNodes` of Prism 1.9 forgets those that stand in some of its lists: the
 * branches of a `case`, the targets of `a, b = …`, default values of parameters.
 */
export function childrenOf(node: Node): Node[] {
  return (node.childNodes() as (Node | null)[]).filter((child) => child !== null);
}
