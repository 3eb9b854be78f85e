import {
  ArrayNode,
  AssocSplatNode,
  BlockNode,
  CallNode,
  HashNode,
  KeywordHashNode,
  type Node,
} from '@ruby/prism/src/nodes.js';

import { argumentsOf, type Pair, pairsOf, statementsOf } from '../models/arguments.ts';
import { filledPairs } from './filled.ts';
import { valueAt } from './receivers.ts';
import type { Run, Site } from './site.ts';

interface Place {
  readonly site: Site;
  readonly run: Run;
}

/** Calls on a hash that leave its keys columns. */
const keepsKeys = new Set(
  'merge merge! reverse_merge with_defaults except slice compact compact_blank symbolize_keys with_indifferent_access to_h dup freeze tap'.split(
    ' ',
  ),
);

/** A variable's hash is read again wherever it is passed on; one of more pairs is a table of data. */
const maxHeld = 100;

/** Inside one another they are looked into no further than this. */
const maxDepth = 8;

/**
 * The pairs of the hashes in an argument: itself, the rows of an array, what a variable holds and was filled with, what
 * `merge` and `**` bring in, and what a block makes of each element (`rows.map { |row| { name: row } }`).
 */
export function pairsIn(node: Node, place: Place, depth = 0): readonly Pair[] {
  if (depth > maxDepth) return [];
  const inner = (each: Node) => pairsIn(each, place, depth + 1);
  if (node instanceof HashNode || node instanceof KeywordHashNode)
    return [...pairsOf(node), ...splats(node).flatMap(inner)];
  if (node instanceof ArrayNode) return (node.elements as Node[]).flatMap(inner);
  if (node instanceof CallNode && node.receiver) {
    if (keepsKeys.has(node.name)) return [node.receiver, ...argumentsOf(node)].flatMap(inner);
    if (node.name === 'map' || node.name === 'collect') return made(node).flatMap(inner);
  }
  const value = valueAt(node, place.site, place.run);
  const held = value?.kind === 'other' ? value.hash : undefined;
  return held && held.elements.length <= maxHeld ? [...inner(held), ...filledPairs(held, place.run)] : [];
}

function splats({ elements }: HashNode | KeywordHashNode): readonly Node[] {
  return (elements as Node[]).flatMap((each) => (each instanceof AssocSplatNode && each.value ? [each.value] : []));
}

function made({ block }: CallNode): readonly Node[] {
  return block instanceof BlockNode ? statementsOf(block.body as Node | null).slice(-1) : [];
}
