import type { Location } from '../schema/location.ts';
import { parseRuby, type RubyFile, type RubyResult } from './ruby.ts';

/** A piece of a text that stands, unchanged, in another text made from it. Offsets in UTF-16 units. */
interface Piece {
  readonly made: number;
  readonly original: number;
  readonly length: number;
}

/** Ruby made from a template: its code in order, with what binds it together between. */
export interface MadeRuby {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

export interface RubyMaker {
  /** Adds a piece of the original. */
  readonly take: (start: number, end: number) => void;
  /** Adds text that the original does not have. */
  readonly put: (text: string) => void;
  readonly made: () => MadeRuby;
}

export function rubyMaker(original: string): RubyMaker {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  const put = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  return {
    put,
    take: (start, end) => {
      pieces.push({ made: length, original: start, length: end - start });
      put(original.slice(start, end));
    },
    made: () => ({ text: parts.join(''), pieces }),
  };
}

/** Parses Ruby made from `original`. Places are those of the original; offsets of nodes are those of the made text. */
export function parseMade(path: string, original: string, made: MadeRuby): RubyResult {
  const parsed = parseRuby(path, made.text);
  const back = placesIn(path, original, made);
  if (!parsed.ok) return { ...parsed, line: back({ path, line: parsed.line, column: 1 }).line };
  const { file } = parsed;
  const lines = original.split('\n');
  const mapped: RubyFile = {
    ...file,
    at: (node) => back(file.at(node)),
    atRange: (range) => back(file.atRange(range)),
    line: (line) => lines[line - 1] ?? '',
  };
  return { ok: true, file: mapped };
}

function placesIn(path: string, original: string, { text, pieces }: MadeRuby): (at: Location) => Location {
  const madeLines = lineStarts(text);
  const originalLines = lineStarts(original);
  return ({ line, column }) => {
    const offset = (madeLines[line - 1] ?? 0) + column - 1;
    const piece = pieces[lastAtMost(pieces.length, (index) => (pieces[index] as Piece).made, offset)];
    const place = piece ? piece.original + Math.min(offset - piece.made, piece.length) : 0;
    const index = lastAtMost(originalLines.length, (each) => originalLines[each] as number, place);
    return { path, line: index + 1, column: place - (originalLines[index] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The last index of an ascending list whose value is at most `wanted`, 0 where there is none. */
function lastAtMost(count: number, valueAt: (index: number) => number, wanted: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (valueAt(middle) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
