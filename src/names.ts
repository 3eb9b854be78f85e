/** Names in one expression: more make it slow to build and to try. */
const namesPerPattern = 500;

/**
 * Whether one of the names stands in a file's bytes as a word. Latin-1 shows every byte as one character, so nothing
 * needs to be decoded for files without a match.
 */
export function namesOccur(names: readonly string[]): (bytes: Buffer) => boolean {
  const patterns: RegExp[] = [];
  const known = names.filter((name) => name !== '');
  for (let from = 0; from < known.length; from += namesPerPattern) {
    patterns.push(wordPattern(known.slice(from, from + namesPerPattern)));
  }
  return (bytes) => {
    const text = bytes.toString('latin1');
    return patterns.some((pattern) => pattern.test(text));
  };
}

function wordPattern(names: readonly string[]): RegExp {
  const words = names.map((name) => escaped(Buffer.from(name, 'utf8').toString('latin1')));
  // Longest first: an alternative that is the beginning of another must not hide it.
  words.sort((one, other) => other.length - one.length);
  return new RegExp(`(?<![A-Za-z0-9_])(?:${words.join('|')})(?![A-Za-z0-9_])`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
