import { plain } from './escape.ts';

const columns = 80;

/** A sentence in lines of at most 80 columns, every one indented; a name longer than a line stays whole. */
export function paragraph(text: string, indent: number): string {
  const space = ' '.repeat(indent);
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).split(' ').filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent + longer.length > columns) {
      lines.push(space + line);
      line = word;
    } else line = longer;
  }
  return [...lines, space + line].join('\n');
}

/** One line: a short name, a title, and a word at its right end. */
export function field(indent: number, [name, title, right]: readonly [string, string, string]): string {
  const left = `${' '.repeat(indent)}${plain(name).padEnd(2)}  ${plain(title)}`;
  const word = plain(right);
  return `${left}${word.padStart(Math.max(word.length + 2, columns - left.length))}`;
}
