import { CallNode, HashNode } from '@ruby/prism/src/nodes.js';

import { argumentsOf, pairsOf } from '../models/arguments.ts';
import { keyedQueries } from './active-record-words.ts';
import type { Run } from './site.ts';

/** Whether the call makes `includes` before it join: `references(:user)`, `where(users: { name: 1 })`. */
export function joins(call: CallNode): boolean {
  if (call.name === 'references' || call.name === 'eager_load') return true;
  return (
    keyedQueries.has(call.name) &&
    argumentsOf(call).some((given) => pairsOf(given).some(({ value }) => value instanceof HashNode))
  );
}

/** Chains are short; of a longer one the calls far before are left out. */
const maxChain = 30;

/** Notes the calls that such a call follows. */
export function markJoined(call: CallNode, { joined }: Run): void {
  let before = call.receiver;
  for (let length = 0; before instanceof CallNode && length < maxChain; length++) {
    joined.add(before);
    before = before.receiver;
  }
}
