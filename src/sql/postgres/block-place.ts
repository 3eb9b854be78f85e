import type { Block } from './block-tree.ts';
import type { Context } from './context.ts';

/** The body of a DO, a function or a procedure. */
export interface Body {
  /** In lower case. */
  readonly language: string;
  readonly text: string;
  /** Where the body begins in the source; null where its text does not stand there as it is. */
  readonly offset: number | null;
  /** The statement around the string that holds it. */
  readonly before: string;
  readonly after: string;
}

/** Where the reading of a body is. */
export interface Walk {
  readonly body: Body;
  readonly text: string;
  /** Offsets of the lines of the body. */
  readonly lines: readonly number[];
  /** Up to where its statements were found. */
  position: number;
  /** How many statements stand around the one that is read. */
  depth: number;
  /** True after a RETURN that a condition decides on: what follows may not run. */
  returned: boolean;
}

/** As much as is looked through for a statement whose line is known: the parser rewrites some, which are not found. */
const window = 4000;

/** Where a statement of a body stands: the parser tells its line, where in it is found by its first words. */
export function placeOf(context: Context, walk: Walk, { lineno = 1 }: Block, query: string) {
  const { offset } = walk.body;
  if (offset === null) return () => context.source.at(context.start);
  const from = Math.max(walk.position, walk.lines[lineno - 1] ?? 0);
  const words = query.replace(/^SELECT /, '').slice(0, 40);
  const found = walk.text.slice(from, from + window).indexOf(words);
  const start = found === -1 ? from : from + found;
  walk.position = start;
  const shift = start - (query.startsWith(words) ? 0 : query.length - query.replace(/^SELECT /, '').length);
  return (at: number) => context.source.at(offset + Math.max(start, shift + at));
}
