const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'] as const;

/** "one file", "two files", "1,204 files". */
export function count(amount: number, noun: string): string {
  const word = numbers[amount] ?? amount.toLocaleString('en-GB');
  return `${word} ${noun}${amount === 1 ? '' : 's'}`;
}

/** "a", "a and b", "a, b and c", "a, b and 7 more". */
export function list(items: readonly string[], most: number): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** With a capital letter and a full stop, unless it begins with a name or ends by itself. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  return `${capital(trimmed)}${/[.!?:]$/.test(trimmed) ? '' : '.'}`;
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A name for sentences: between backticks, which templates turn into safe code. */
export function named(name: string): string {
  return `\`${name.replaceAll('`', "'")}\``;
}

/** The first characters of a commit, as people say it. */
export function shortSha(sha: string | null): string {
  return sha === null ? 'the work tree' : sha.slice(0, 7);
}
