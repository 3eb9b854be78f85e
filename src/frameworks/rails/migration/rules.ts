import type { Node } from '@ruby/prism/src/nodes.js';

import type { Machine } from './machine.ts';
import type { Scope } from './scope.ts';
import type { Value } from './value.ts';

/** How the expressions of one kind of node are worked out. */
type Read<N extends Node> = (node: N, machine: Machine, scope: Scope) => Value;

type NodeClass<N extends Node> = abstract new (...values: never[]) => N;

export type Rule = readonly [NodeClass<Node>, Read<Node>];

export function on<N extends Node>(type: NodeClass<N>, read: Read<N>): Rule {
  return [type as unknown as NodeClass<Node>, read as unknown as Read<Node>];
}
