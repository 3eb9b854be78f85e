import { clean, clipMiddle, maxName, pieces } from './escape.ts';

/** GitHub links `@name`, `#1` and `GH-1` in what is left after Markdown; a character without width keeps them apart. */
const apart = '&#8203;';

/** Inline code that holds in prose, links and table cells. */
export function code(name: string, longest = maxName): string {
  const shown = clipMiddle(clean(name).trim(), longest);
  if (shown === '') return '(empty)';
  // A backtick needs longer fences, a table cell ends at a pipe even inside code, and a backslash before it changes both.
  return /[`|\\]/.test(shown) ? htmlCode(shown) : `\`${shown}\``;
}

/** Inline code of any characters, for where no table is: a line of the project's own code stays readable as source too. */
export function quote(line: string): string {
  const shown = clean(line).trim();
  if (shown === '') return '(empty)';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const space = /^`|`$/.test(shown) ? ' ' : '';
  return `${ticks}${space}${shown}${space}${ticks}`;
}

/** A sentence with names between backticks, as Markdown that shows exactly its characters. */
export function prose(sentence: string, longest = maxName): string {
  let written = '';
  for (const { kind, text } of pieces(sentence, longest)) {
    // Two pieces of inline code without anything between them would be one.
    if (kind === 'name') written += written.endsWith('`') ? htmlCode(text.trim()) : code(text, longest);
    else written += escapeWords(text, written === '');
  }
  return written.trim();
}

/** The same for places where Markdown is not read, such as a `<summary>`. */
export function html(sentence: string): string {
  return pieces(sentence)
    .map(({ kind, text }) => (kind === 'name' ? htmlCode(text.trim()) : escapeHtml(text)))
    .join('')
    .trim();
}

/** A fenced block. The fence is longer than any in the content. */
export function fence(language: string, content: string): string {
  const lines = content
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll(/(?!\t)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ''));
  while (lines.at(-1)?.trim() === '') lines.pop();
  const runs = lines.join('\n').match(/`+/g) ?? [];
  const ticks = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return [`${ticks}${/^[a-z0-9]{1,20}$/.test(language) ? language : ''}`, ...lines, ticks].join('\n');
}

/** `label` is Markdown already; `url` is one that `places.ts` built. */
export function link(label: string, url: string | null): string {
  return url === null ? label : `[${label}](${url})`;
}

function htmlCode(name: string): string {
  return `<code>${name.replaceAll(/[^A-Za-z0-9 ]/gu, entity)}</code>`;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/** What HTML would read as markup, and what GitHub would make a mention, a reference or a link of. */
const htmlMarks = /[&<>"@]|#(?=\d)|GH-(?=\d)|:\/\/|www(?=\.)/gi;

/** Those, and what Markdown would read as markup or the end of a cell, or GitHub as a formula. */
const markdownMarks = /[\\`*_[\]~|$&<>@]|#(?=\d)|GH-(?=\d)|:\/\/|www(?=\.)/gi;

function escapeHtml(words: string): string {
  return words.replaceAll(htmlMarks, (mark) => (/["&<>]/.test(mark) ? entity(mark) : keepApart(mark)));
}

function escapeWords(words: string, atStart: boolean): string {
  const escaped = words.replaceAll(markdownMarks, (mark) => {
    if (/[\\`*_[\]~]/.test(mark)) return `\\${mark}`;
    return /[|$&<>]/.test(mark) ? entity(mark) : keepApart(mark);
  });
  return atStart ? escaped.replace(/^(\s*)([-+=#]|\d+(?=[.)]))/, escapeBlockMark) : escaped;
}

function keepApart(mark: string): string {
  if (mark === '@') return `${entity(mark)}${apart}`;
  return mark === '://' ? `:${apart}//` : `${mark}${apart}`;
}

/** What would begin a list, a heading or an underline when it stands first on its line. */
function escapeBlockMark(_match: string, space: string, mark: string): string {
  return /^\d/.test(mark) ? `${space}${mark}${apart}` : `${space}\\${mark}`;
}
