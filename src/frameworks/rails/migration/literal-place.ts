import type { StringNode } from '@ruby/prism/src/nodes.js';

import type { RubyFile } from '../../../languages/ruby.ts';
import { lastAtMost, lineStarts } from '../../../sql/lines.ts';
import type { Place } from '../../../sql/statement.ts';

/**
 * Where an offset of a literal's text stands in its file. Exact where the text stands there as it is, but for the
 * indentation that `<<~` takes away; the line alone where it is written with escapes.
 */
export function literalPlace(file: RubyFile, node: StringNode): Place {
  let lines: Lines | null = null;
  return (offset) => {
    lines ??= linesOf(file.source({ location: node.contentLoc }), node.unescaped.value);
    const start = file.atRange(node.contentLoc);
    const { starts, shift, exact } = lines;
    const line = lastAtMost(starts, offset + shift);
    const column = offset + shift - (starts[line] ?? 0) + (line === 0 ? start.column : 1);
    return { path: start.path, line: start.line + line, column: exact ? column : 1 };
  };
}

interface Lines {
  /** Where each line begins in what the offsets count. */
  readonly starts: readonly number[];
  /** How many characters stand before the text. */
  readonly shift: number;
  readonly exact: boolean;
}

function linesOf(written: string, value: string): Lines {
  if (written.endsWith(value))
    return { starts: lineStarts(written), shift: written.length - value.length, exact: true };
  const starts = lineStarts(value);
  // A break that is written as an escape ends no line of the file.
  const alike = starts.length === lineStarts(written).length;
  return { starts: alike ? starts : [0], shift: 0, exact: false };
}

/** A part of a text that was put together, from an offset on. */
export interface Piece {
  readonly start: number;
  readonly at: Place;
}

/** Where an offset of the whole stands: in the part that it belongs to. */
export function joinedPlace(pieces: readonly Piece[]): Place {
  const starts = pieces.map(({ start }) => start);
  return (offset) => {
    const piece = pieces[lastAtMost(starts, offset)] as Piece;
    return piece.at(offset - piece.start);
  };
}

/** The place of a text from which only white space was taken: `origin` gives for each offset the one before. */
export function movedPlace(at: Place, origin: () => (offset: number) => number): Place {
  let before: ((offset: number) => number) | null = null;
  return (offset) => {
    before ??= origin();
    return at(before(offset));
  };
}

/** For each offset of a text that was squished the one in the text before. */
export function squishedOrigin(text: string): (offset: number) => number {
  const origins = [...text.matchAll(/\S+/g)].flatMap(({ index, 0: word }) => [
    ...Array.from({ length: word.length }, (_, position) => index + position),
    index + word.length,
  ]);
  return (offset) => origins[offset] ?? text.length;
}
