import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Node, ProgramNode } from '@ruby/prism/src/nodes.js';
import { parsePrism } from '@ruby/prism/src/parsePrism.js';

import type { Location } from '../schema/location.ts';
import { withDeepStack } from './prism-module.ts';

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

interface Range {
  readonly startOffset: number;
  readonly length: number;
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
  if (text.length > maxLength) {
    return { ok: false, line: 1, reason: 'the Ruby file is larger than 1 MB, the most that is read' };
  }
  const long = longNumber.exec(text);
  if (long) {
    const line = text.slice(0, long.index).split('\n').length;
    return { ok: false, line, reason: 'the Ruby text has a number of more than 10,000 digits' };
  }
  const bytes = Buffer.from(text, 'utf8');
  const result = parse(text);
  if (!result) return { ok: false, line: 1, reason: 'the Ruby text is nested too deep' };

  const positions = positionsIn(path, text, bytes);
  const error = result.errors[0];
  if (error) {
    return { ok: false, line: positions.at(error.location).line, reason: `Ruby syntax error: ${error.message}` };
  }
  return {
    ok: true,
    file: {
      path,
      text,
      program: result.value,
      comments: result.comments.map((comment) => ({
        line: positions.at(comment.location).line,
        text: positions.slice(comment.location),
      })),
      at: (node) => positions.at(node.location),
      atRange: positions.at,
      source: (node) => positions.slice(node.location),
      line: positions.line,
      span: (node) => positions.span(node.location),
    },
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

function positionsIn(path: string, text: string, bytes: Buffer) {
  const starts = [0];
  for (let index = bytes.indexOf(10); index !== -1; index = bytes.indexOf(10, index + 1)) starts.push(index + 1);
  const ascii = bytes.length === text.length;
  const lines = text.split('\n');

  const lineIndex = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const unit = ascii ? (offset: number): number => offset : unitsIn(bytes);

  return {
    at: ({ startOffset }: Range): Location => {
      const index = lineIndex(startOffset);
      return { path, line: index + 1, column: unit(startOffset) - unit(starts[index] as number) + 1 };
    },
    slice: ({ startOffset, length }: Range) => bytes.subarray(startOffset, startOffset + length).toString('utf8'),
    line: (line: number) => lines[line - 1] ?? '',
    span: ({ startOffset, length }: Range) => ({ start: unit(startOffset), end: unit(startOffset + length) }),
  };
}

/** Bytes between two places whose UTF-16 offset is noted. */
const stride = 256;

/** UTF-16 offsets of byte offsets. A line may be as long as the file, so nothing is counted twice from its beginning. */
function unitsIn(bytes: Buffer): (offset: number) => number {
  const noted = new Uint32Array(Math.floor(bytes.length / stride) + 1);
  let units = 0;
  for (let index = 0; index < bytes.length; index++) {
    if (index % stride === 0) noted[index / stride] = units;
    units += unitsOf(bytes[index] as number);
  }
  return (offset) => {
    const from = Math.min(Math.floor(offset / stride), noted.length - 1);
    let result = noted[from] as number;
    for (let index = from * stride; index < offset; index++) result += unitsOf(bytes[index] ?? 0x80);
    return result;
  };
}

/** How many UTF-16 units the character has that begins with this byte; none, where the byte only goes on with one. */
function unitsOf(byte: number): number {
  if (byte >= 0x80 && byte < 0xc0) return 0;
  return byte < 0xf0 ? 1 : 2;
}

interface Parsed {
  readonly value: ProgramNode;
  readonly comments: readonly { readonly location: Range }[];
  readonly errors: readonly { readonly message: string; readonly location: Range }[];
}

let compiled: WebAssembly.Module | undefined;
let exports: WebAssembly.Exports | undefined;

/**
 * Null where the text breaks the parser. An instance that threw stays broken, so the next call gets a fresh one.
 * @throws Error where there is no parser to be had, which is no fault of the text
 */
function parse(text: string): Parsed | null {
  exports ??= instantiate();
  try {
    return parsePrism(exports, text) as unknown as Parsed;
  } catch {
    exports = undefined;
    return null;
  }
}

/**
 * `loadPrism()` of the package needs `node:wasi`, which prints a warning on every start. The parser uses nothing of
 * WASI but a clock and random numbers, and answers of zero do for both.
 */
function instantiate(): WebAssembly.Exports {
  compiled ??= new WebAssembly.Module(
    withDeepStack(readFileSync(createRequire(import.meta.url).resolve('@ruby/prism/src/prism.wasm'))),
  );
  const imports: WebAssembly.Imports = {};
  for (const { module, name } of WebAssembly.Module.imports(compiled)) {
    const functions = imports[module] ?? {};
    functions[name] = () => 0;
    imports[module] = functions;
  }
  const instance = new WebAssembly.Instance(compiled, imports);
  const initialise = instance.exports._initialize;
  if (typeof initialise === 'function') initialise();
  return instance.exports;
}
