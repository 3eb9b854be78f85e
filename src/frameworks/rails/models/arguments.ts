import {
  ArrayNode,
  AssocNode,
  BlockArgumentNode,
  CallNode,
  FalseNode,
  HashNode,
  KeywordHashNode,
  type Node,
  ParenthesesNode,
  StatementsNode,
  StringNode,
  SymbolNode,
  TrueNode,
} from '@ruby/prism/src/nodes.js';

type Range = Node['location'];

/** A name written as a literal, with where the name itself stands (without colon and quotes). */
export interface Word {
  readonly text: string;
  readonly range: Range;
}

/** A pair of a hash literal whose key is a name. */
export interface Pair {
  readonly key: Word;
  readonly value: Node;
}

/** The arguments of a call before its keywords. */
export function positional(call: { readonly arguments_: unknown }): readonly Node[] {
  return argumentsOf(call).filter((node) => !(node instanceof KeywordHashNode));
}

/** The keyword arguments of a call whose names are literal. */
export function keywords(call: { readonly arguments_: unknown }): readonly Pair[] {
  return argumentsOf(call).flatMap((node) => (node instanceof KeywordHashNode ? pairsOf(node) : []));
}

/** The value of one keyword argument, null where it is not given. */
export function keyword(call: { readonly arguments_: unknown }, name: string): Node | null {
  return keywords(call).find(({ key }) => key.text === name)?.value ?? null;
}

/** The value of one key of a hash literal, null where it is not given. */
export function optionOf(node: Node | null, name: string): Node | null {
  return pairsOf(node).find(({ key }) => key.text === name)?.value ?? null;
}

export function argumentsOf(call: { readonly arguments_: unknown }): readonly Node[] {
  const given = call.arguments_ as { readonly arguments_: readonly Node[] } | null;
  return given?.arguments_ ?? [];
}

/** The pairs of a hash, with or without braces; of anything else none. Keys that are not literal are left out. */
export function pairsOf(node: Node | null): readonly Pair[] {
  if (!(node instanceof HashNode || node instanceof KeywordHashNode)) return [];
  return node.elements.flatMap((element: Node) => {
    if (!(element instanceof AssocNode)) return [];
    const key = literalWord(element.key);
    return key ? [{ key, value: element.value }] : [];
  });
}

/** The symbol or string at a node. Null where it is neither, or is computed. */
export function literalWord(node: Node): Word | null {
  if (node instanceof SymbolNode) {
    return { text: node.unescaped.value, range: node.valueLoc ?? node.location };
  }
  if (node instanceof StringNode) return { text: node.unescaped.value, range: node.contentLoc };
  return null;
}

export function wordOf(node: Node): string | null {
  return literalWord(node)?.text ?? null;
}

/** The words of a literal, or of an array of literals (also `%w[a b]`, `[:a].freeze`). */
export function literalWords(node: Node | null): readonly Word[] {
  if (node === null) return [];
  if (node instanceof ArrayNode) return node.elements.flatMap((element: Node) => literalWord(element) ?? []);
  if (node instanceof CallNode && node.receiver && transparent.has(node.name)) return literalWords(node.receiver);
  const word = literalWord(node);
  return word ? [word] : [];
}

/** Calls that leave the words of a literal as they are. */
const transparent = new Set(['freeze', 'to_s', 'to_sym', 'to_set', 'map', 'uniq']);

export function wordsOf(node: Node): readonly string[] {
  return literalWords(node).map(({ text }) => text);
}

export function isTrue(node: Node | null): boolean {
  return node instanceof TrueNode;
}

export function isFalse(node: Node | null): boolean {
  return node instanceof FalseNode;
}

/** The name in `&:name`, null without one. */
export function blockWord(call: { readonly block: unknown }): Word | null {
  const block = call.block;
  return block instanceof BlockArgumentNode && block.expression ? literalWord(block.expression as Node) : null;
}

/** The statements of a body, whatever wraps them. */
export function statementsOf(body: Node | null): readonly Node[] {
  if (body === null) return [];
  if (body instanceof StatementsNode) return body.body;
  if (body instanceof ParenthesesNode) return statementsOf(body.body as Node | null);
  return [body];
}
