/** Wider lines are cut: a bundled file has lines of 30 KB. */
const maxColumns = 120;

/**
 * One line of code, at most 120 columns, cut around the name that matters.
 * `column` counts from 1 in UTF-16 units and is used where the name is not in the line.
 */
export function cutQuote(line: string, name: string, column: number): string {
  const text = line.trim();
  if (text.length <= maxColumns) return text;
  const indent = line.length - line.trimStart().length;
  const start = Math.max(0, middleOf(text, name, column - 1 - indent) - Math.floor(maxColumns / 2));
  const from = Math.min(start, text.length - maxColumns + 1);
  const head = from > 0 ? '…' : '';
  const rest = text.slice(from, from + maxColumns - head.length);
  const tail = from + rest.length < text.length ? '…' : '';
  return withoutHalves(`${head}${tail ? rest.slice(0, -1) : rest}${tail}`);
}

/** The middle of the occurrence nearest to the column. */
function middleOf(text: string, name: string, near: number): number {
  const wanted = Math.min(Math.max(near, 0), text.length);
  const after = text.indexOf(name, wanted);
  const before = text.lastIndexOf(name, wanted);
  if (name === '' || (after < 0 && before < 0)) return wanted;
  const nearest = before < 0 || (after >= 0 && after - wanted < wanted - before) ? after : before;
  return nearest + Math.floor(name.length / 2);
}

function withoutHalves(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '');
}
