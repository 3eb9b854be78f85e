/** `mysql` also stands for a project whose driver does not tell MySQL from MariaDB. */
export type Flavour = 'mysql' | 'mariadb';

/**
 * `word` is a keyword or an unquoted name, `name` a name in backticks, `string` stands in ' or ", `end` ends a
 * statement, `broken` is what can be no part of SQL, `template` what a program fills in before it sends the text.
 */
export type TokenKind = 'word' | 'name' | 'string' | 'number' | 'variable' | 'symbol' | 'end' | 'broken' | 'template';

export interface Token {
  readonly kind: TokenKind;
  /** As it is written, with quotes; of a `broken` token the reason. */
  readonly text: string;
  /** A word in upper case; empty for every other kind. */
  readonly word: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

const escapes: Readonly<Record<string, string>> = { 0: '\0', b: '\b', n: '\n', r: '\r', t: '\t', Z: '\x1a' };

/** What a string or a quoted name stands for. `\%` and `\_` keep their backslash, as the server keeps it. */
export function plainText({ kind, text }: Token): string {
  if (kind === 'name') return unquoted(text);
  if (kind !== 'string') return text;
  const quote = text[0] ?? '';
  const inner = text.slice(1, -1);
  if (!inner.includes('\\') && !inner.includes(quote)) return inner;
  return inner.replace(/\\([\s\S])|''|""/g, (whole, escaped?: string) => {
    if (escaped !== undefined) return escapes[escaped] ?? (escaped === '%' || escaped === '_' ? whole : escaped);
    return whole[0] === quote ? quote : whole;
  });
}

/** Without its quotes, which stand twice where they are part of the name. SQLite also knows "name" and [name]. */
function unquoted(text: string): string {
  const quote = text[0] ?? '';
  return quote === '[' ? text.slice(1, -1) : text.slice(1, -1).replaceAll(quote + quote, quote);
}
