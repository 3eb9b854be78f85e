import {
  ClassNode,
  DefinedNode,
  DefNode,
  ModuleNode,
  type Node,
  PostExecutionNode,
  PreExecutionNode,
  SingletonClassNode,
} from '@ruby/prism/src/nodes.js';

import { childrenOf } from '../../../languages/ruby.ts';
import { unsure } from './branches.ts';
import type { Machine } from './machine.ts';
import type { Scope } from './scope.ts';

/** These do nothing by themselves; what they hold runs later, or never. */
const definitions: ReadonlySet<unknown> = new Set([
  DefNode,
  ClassNode,
  ModuleNode,
  SingletonClassNode,
  DefinedNode,
  PreExecutionNode,
  PostExecutionNode,
]);

/** Assignments of other kinds, patterns, interpolations: nothing is known of the whole, and its parts run. */
export function evaluateParts(node: Node, machine: Machine, scope: Scope): void {
  if (definitions.has(node.constructor)) return;
  const sure = !/(?:And|Or)WriteNode$/.test(node.constructor.name);
  for (const part of childrenOf(node)) {
    if (sure) machine.evaluate(part, scope);
    else unsure(machine, scope, () => machine.evaluate(part, scope));
  }
}
