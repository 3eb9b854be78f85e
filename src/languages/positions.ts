import type { Location } from '../schema/location.ts';

/** A part of a text in UTF-8, in bytes. */
export interface Range {
  readonly startOffset: number;
  readonly length: number;
}

/** What byte offsets of a text mean. */
export interface Positions {
  readonly at: (range: Range) => Location;
  readonly slice: (range: Range) => string;
  /** The text of a line, counted from 1. */
  readonly line: (line: number) => string;
  /** UTF-16 offsets. */
  readonly span: (range: Range) => { readonly start: number; readonly end: number };
}

/** Lines and UTF-16 columns of byte ranges, counted from 1. */
export function positionsIn(path: string, text: string): Positions {
  const bytes = Buffer.from(text, 'utf8');
  const starts = lineStarts(bytes);
  const lines = text.split('\n');
  const unit = bytes.length === text.length ? (offset: number): number => offset : unitsIn(bytes);
  return {
    at: ({ startOffset }) => {
      const index = lastAtMost(starts, startOffset);
      return { path, line: index + 1, column: unit(startOffset) - unit(starts[index] as number) + 1 };
    },
    slice: ({ startOffset, length }) => bytes.subarray(startOffset, startOffset + length).toString('utf8'),
    line: (line) => lines[line - 1] ?? '',
    span: ({ startOffset, length }) => ({ start: unit(startOffset), end: unit(startOffset + length) }),
  };
}

function lineStarts(bytes: Buffer): readonly number[] {
  const starts = [0];
  for (let index = bytes.indexOf(10); index !== -1; index = bytes.indexOf(10, index + 1)) starts.push(index + 1);
  return starts;
}

/** The index of the last start that is not beyond the offset. */
function lastAtMost(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
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
