import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';

/** UTF-16 units: much longer than anybody's settings. */
const maxLength = 100_000;

/** More aliases than any settings file needs; a document that multiplies itself stops here. */
const maxAliasCount = 20;

/** What a YAML text says, and the line at which it says it: that of the key, or of the nearest one around it. */
export interface YamlText {
  readonly value: unknown;
  readonly lineOf: (keys: readonly PropertyKey[]) => number;
}

/** Makes the error of a text that cannot be used, from its line and the reason. */
export type Refuse = (line: number, reason: string) => Error;

/** @throws what `refuse` makes when the text is too long, too deep or no YAML */
export function readYaml(text: string, refuse: Refuse): YamlText {
  if (text.length > maxLength) throw refuse(1, `the settings are longer than ${maxLength / 1000} KB`);
  const lines = new LineCounter();
  // Both options cost the square of the length: errors quote their line, and each key is compared with every other.
  const options = { lineCounter: lines, strict: true, prettyErrors: false, uniqueKeys: false } as const;
  const document = orRefused(() => parseDocument(text, options), refuse);
  const broken = orRefused(() => document.errors[0] ?? keyGivenTwice(document), refuse);
  if (broken) throw refuse(lines.linePos(broken.pos[0]).line, firstSentence(broken.message));
  const value: unknown = orRefused(() => document.toJS({ maxAliasCount }), refuse);
  return { value, lineOf: (keys) => lineAt(document, keys, lines) };
}

function lineAt(document: Document, keys: readonly PropertyKey[], lines: LineCounter): number {
  for (let length = keys.length; length > 0; length--) {
    const start = startOf(document, keys.slice(0, length));
    if (start !== null) return lines.linePos(start).line;
  }
  return 1;
}

/** Where a key of a mapping or an entry of a list begins; null where there is none. */
function startOf(document: Document, keys: readonly PropertyKey[]): number | null {
  const last = String(keys.at(-1));
  const parent = keys.length > 1 ? document.getIn(keys.slice(0, -1), true) : document.contents;
  const key = isMap(parent)
    ? parent.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === last)?.key
    : null;
  const node = key ?? document.getIn(keys, true);
  return isNode(node) && node.range ? node.range[0] : null;
}

interface Mistake {
  readonly pos: readonly [number, number];
  readonly message: string;
}

/** The first key that its mapping has already. */
function keyGivenTwice(document: Document): Mistake | null {
  let found: Mistake | null = null;
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key) || seen.size !== seen.add(String(key.value)).size) continue;
        found = { pos: [key.range?.[0] ?? 0, 0], message: 'Map keys must be unique' };
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return found;
}

/** What is nested deeper than the stack is no mistake of ours. */
function orRefused<Value>(read: () => Value, refuse: Refuse): Value {
  try {
    return read();
  } catch (error) {
    throw refuse(1, error instanceof Error ? firstSentence(error.message) : 'not understood');
  }
}

/** What is broken may be quoted, and be as long as the file. */
const maxReason = 300;

function firstSentence(message: string): string {
  if (message.includes('call stack')) return 'the settings are nested too deep';
  const sentence = message.split('\n')[0] ?? message;
  return sentence.length > maxReason ? `${sentence.slice(0, maxReason)}…` : sentence;
}
