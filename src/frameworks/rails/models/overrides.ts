import { CallNode, type DefNode, ForwardingSuperNode, type Node, SelfNode, SuperNode } from '@ruby/prism/src/nodes.js';

import { walk } from '../../../languages/ruby.ts';
import { argumentsOf, wordOf } from './arguments.ts';
import type { MethodKind } from './model.ts';

const readers = new Set(['read_attribute', '_read_attribute', 'write_attribute', '_write_attribute', '[]', '[]=']);

/**
 * Whether a method that is named like an attribute still reaches it: through `super`, `read_attribute(:name)`,
 * `self[:name]` or `attributes['name']`.
 */
export function methodKind(method: DefNode): MethodKind {
  if (method.body === null) return 'plain';
  const attribute = method.name.replace(/[=?]$/, '');
  for (const node of walk(method.body as Node)) {
    if (node instanceof SuperNode || node instanceof ForwardingSuperNode) return 'override';
    if (node instanceof CallNode && readers.has(node.name) && ownReceiver(node)) {
      const [first] = argumentsOf(node);
      if (first && wordOf(first) === attribute) return 'override';
    }
  }
  return 'plain';
}

function ownReceiver(node: CallNode): boolean {
  const receiver = node.receiver;
  if (receiver === null || receiver instanceof SelfNode) return true;
  return receiver instanceof CallNode && receiver.name === 'attributes' && receiver.receiver === null;
}
