import {
  AssocNode,
  BlockNode,
  type CallNode,
  HashNode,
  KeywordHashNode,
  LambdaNode,
  type Node,
} from '@ruby/prism/src/nodes.js';

import { argumentsOf } from '../models/arguments.ts';
import { insideBlock } from './blocks.ts';
import { isKnown, type Known, type Run, type Site } from './site.ts';
import { visit } from './walk.ts';

interface Place {
  readonly site: Site;
  readonly run: Run;
  /** The value of the block's parameter, where it is known already. */
  readonly known: Known | null;
}

/** Reads receiver, arguments and block of a call, each where its own `self` is. */
export function visitBelow(call: CallNode, place: Place): void {
  const { site, run } = place;
  const beside: Site = site.level === 'body' ? { ...site, level: 'class-method' } : site;
  if (call.receiver) visit(call.receiver, beside, run);
  for (const argument of argumentsOf(call)) visitArgument(argument, call, place);
  if (call.block instanceof BlockNode) visitBlock(call.block, call, place);
  else if (call.block) visit(call.block as Node, beside, run);
}

function visitBlock(block: BlockNode | LambdaNode, call: CallNode, { site, run, known }: Place): void {
  const inside = insideBlock(block, call, { site, run, known });
  if (block.parameters) visit(block.parameters as Node, inside, run);
  if (block.body) visit(block.body as Node, inside, run);
}

function visitArgument(argument: Node, call: CallNode, place: Place): void {
  const { site, run } = place;
  if (site.level !== 'body') visit(argument, site, run);
  else if (argument instanceof LambdaNode) visitBlock(argument, call, place);
  else if (argument instanceof KeywordHashNode || argument instanceof HashNode) {
    for (const element of argument.elements as Node[]) visitOption(element, call, place);
  } else visit(argument, isMethod(argument) ? site : { ...site, level: 'class-method' }, run);
}

/** `private def name` is still a method of the body. */
function isMethod(node: Node): boolean {
  return node.constructor.name === 'DefNode';
}

/** A lambda in an option of a class-level call runs on the record: `if: -> { … }`. */
function visitOption(element: Node, call: CallNode, place: Place): void {
  const { site, run } = place;
  const value = element instanceof AssocNode ? element.value : element;
  const self = isKnown(site.self) ? { ...site.self, kind: 'record' as const } : null;
  if (value instanceof LambdaNode && self) {
    visitBlock(value, call, { ...place, site: { ...site, self, level: 'instance' } });
  } else visit(value, { ...site, level: 'class-method' }, run);
}
