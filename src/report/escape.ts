/**
 * Text of a pull request, made harmless: names, paths, code and reasons are hostile until they went through here.
 * `clean` and `clip` serve every output; Markdown and HTML build on them.
 */

/** One line without control characters, bidirectional overrides, invisible characters or half surrogate pairs. */
export function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/[\p{Cf}\p{Cs}]/gu, '');
}

/** At most `length` UTF-16 units, with an ellipsis at the end, never half a surrogate pair. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${whole(text.slice(0, length - 1))}…`;
}

/** At most `length` UTF-16 units: both ends stay, since a path tells most at its end and a name at its start. */
export function clipMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = Math.floor((length - 1) / 3);
  return `${whole(text.slice(0, head))}…${whole(text.slice(text.length - (length - 1 - head)))}`;
}

/** Without the half of a surrogate pair that a cut left at either end. */
function whole(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '');
}

/** A piece of a sentence: words, or a name that stood between backticks. */
export interface Piece {
  readonly kind: 'words' | 'name';
  readonly text: string;
}

const maxSentence = 600;

/** Cuts a sentence at its backticks. A backtick without a partner is a character like others; what is too long ends in an ellipsis. */
export function pieces(sentence: string, longest = maxName): readonly Piece[] {
  const parts = sentence.split('`');
  const result: Piece[] = [];
  let length = 0;
  for (const [index, part] of parts.entries()) {
    if (length > maxSentence) return [...result, { kind: 'words', text: ' …' }];
    const unpaired = index % 2 === 1 && index === parts.length - 1;
    const kind = index % 2 === 1 && !unpaired ? 'name' : 'words';
    const text = clipMiddle(clean(unpaired ? `\`${part}` : part), kind === 'name' ? longest : maxSentence);
    result.push({ kind, text });
    length += text.length;
  }
  return result;
}

/** The longest name, path with line or piece of code that is shown in one place. */
export const maxName = 240;

/** A sentence without any markup, for titles and annotations. */
export function plain(sentence: string): string {
  return pieces(sentence)
    .map((piece) => piece.text)
    .join('')
    .trim();
}
