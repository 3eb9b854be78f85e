import { ArrayNode, CallNode, HashNode, type Node } from '@ruby/prism/src/nodes.js';

import { isFalse, keyword, keywords, pairsOf, positional, wordOf, wordsOf } from './arguments.ts';

/** A method that an enum makes. */
export interface EnumMethod {
  readonly method: string;
  readonly attribute: string;
  /** It is a method of the class. */
  readonly scope: boolean;
}

const options = new Set(
  ['prefix', 'suffix', 'scopes', 'default', 'validate', 'instance_methods'].flatMap((name) => [name, `_${name}`]),
);

/** The methods of `enum status: { … }, _prefix: true` and of `enum :status, { … }, prefix: true`. */
export function readEnum(call: CallNode): readonly EnumMethod[] {
  const [first, values] = positional(call);
  const named = first ? wordOf(first) : null;
  if (named !== null) return methodsOf(named, valuesOf(values ?? null) ?? keywordValues(call), call);
  return keywords(call).flatMap(({ key, value }) => {
    const given = options.has(key.text) ? null : valuesOf(value);
    return given ? methodsOf(key.text, given, call) : [];
  });
}

function keywordValues(call: CallNode): readonly string[] {
  return keywords(call).flatMap(({ key }) => (options.has(key.text) ? [] : [key.text]));
}

/** Null: no list of values. */
function valuesOf(value: Node | null): readonly string[] | null {
  if (value instanceof CallNode && value.receiver) return valuesOf(value.receiver);
  if (value instanceof HashNode) return pairsOf(value).map(({ key }) => key.text);
  return value instanceof ArrayNode ? wordsOf(value) : null;
}

function methodsOf(attribute: string, values: readonly string[], call: CallNode): readonly EnumMethod[] {
  const affix = (option: string) => {
    const value = keyword(call, option) ?? keyword(call, `_${option}`);
    return value && !isFalse(value) ? (wordOf(value) ?? attribute) : null;
  };
  const [prefix, suffix] = [affix('prefix'), affix('suffix')];
  return values.flatMap((value) => {
    const name = [prefix, value, suffix].filter((part) => part !== null).join('_');
    return [`${name}?`, `${name}!`, name, `not_${name}`].map((method) => ({
      method,
      attribute,
      scope: !/[?!]$/.test(method),
    }));
  });
}
