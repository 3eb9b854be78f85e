import {
  ArrayNode,
  CallNode,
  ConstantPathNode,
  ConstantReadNode,
  type Node,
  ParenthesesNode,
  SplatNode,
} from '@ruby/prism/src/nodes.js';

import { literalWord, literalWords, positional, statementsOf } from './arguments.ts';
import { constantName } from './constants.ts';

const joining = new Set(['+', '|', 'concat', 'union', 'push', '<<']);
const transparent = new Set(['freeze', 'map', 'uniq', 'to_a', 'to_set', 'dup']);

/** Lists that refer to one another more often than this are not written by hand. */
const mostLists = 200;

/**
 * The words of a list as projects write it for `ignored_columns`: `%w[a b].freeze`, `super + %i[a]`, `[*OLD, 'b']`, a
 * constant. `constant` gives a constant's value, null where it is not known; what is computed adds no word.
 */
export function listedWords(value: Node, constant: (name: string) => Node | null): readonly string[] {
  let left = mostLists;
  const words = (node: Node): readonly string[] => {
    if (left-- <= 0) return [];
    if (node instanceof ConstantReadNode || node instanceof ConstantPathNode) {
      const found = constant(constantName(node) ?? '');
      return found ? words(found) : [];
    }
    if (node instanceof ArrayNode) return node.elements.flatMap((each: Node) => literalWord(each)?.text ?? words(each));
    if (node instanceof SplatNode) return node.expression ? words(node.expression as Node) : [];
    if (node instanceof ParenthesesNode) return statementsOf(node).flatMap(words);
    if (!(node instanceof CallNode)) return literalWords(node).map(({ text }) => text);
    const before = node.receiver && (joining.has(node.name) || transparent.has(node.name)) ? words(node.receiver) : [];
    return joining.has(node.name) ? [...before, ...positional(node).flatMap(words)] : before;
  };
  return words(value);
}
