import { CallNode, type HashNode, IndexOrWriteNode, LocalVariableReadNode, type Node } from '@ruby/prism/src/nodes.js';

import { argumentsOf, literalWord, type Pair, pairsOf } from '../models/arguments.ts';
import { valueAt } from './receivers.ts';
import type { Run, Site } from './site.ts';

/** Whoever is given the hash reads all of it again; what is put into it beyond this many pairs is a table of data. */
const maxFilled = 100;

/** Notes what a statement puts into a hash that a variable holds: `values[:name] = 1`, `values.merge!(name: 1)`. */
export function markFilled(node: Node, site: Site, run: Run): void {
  if (!(node instanceof CallNode || node instanceof IndexOrWriteNode)) return;
  if (!(node.receiver instanceof LocalVariableReadNode)) return;
  const pairs = pairsPut(node);
  const value = pairs.length > 0 ? valueAt(node.receiver, site, run) : null;
  const hash = value?.kind === 'other' ? value.hash : undefined;
  if (!hash) return;
  const before = run.filled.get(hash) ?? [];
  run.filled.set(hash, before.length < maxFilled ? [...before, ...pairs] : before);
}

/** What was put into a hash before it is read here. */
export function filledPairs(hash: HashNode, { filled }: Run): readonly Pair[] {
  return filled.get(hash) ?? [];
}

function pairsPut(node: CallNode | IndexOrWriteNode): readonly Pair[] {
  const given = argumentsOf(node);
  if (node instanceof CallNode && (node.name === 'merge!' || node.name === 'update')) return given.flatMap(pairsOf);
  if (node instanceof CallNode && node.name !== '[]=' && node.name !== 'store') return [];
  const [name, value] = given;
  const key = name ? literalWord(name) : null;
  return key ? [{ key, value: node instanceof CallNode ? (value ?? node) : node.value }] : [];
}
