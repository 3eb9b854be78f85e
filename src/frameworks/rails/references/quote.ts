/** A line is quoted at most this long, in UTF-16 units. */
const maxQuote = 400;

/** The line with the name at `column` (counted from 1); of a longer line the part around the name. */
export function quoteAround(line: string, column: number): string {
  if (line.length <= maxQuote) return line;
  const start = Math.max(0, Math.min(column - 1 - maxQuote / 2, line.length - maxQuote));
  return line.slice(start, start + maxQuote);
}
