import type { Operation } from '../../../schema/operation.ts';
import type { Machine } from './machine.ts';

/**
 * What one branch does as an earlier one does it is said once: only one of them runs. `ends` are the places in the
 * operations where each branch ends, after the one where the first begins.
 */
export function dropRepeated({ operations }: Machine, ends: readonly number[]): void {
  const [start = 0, second = 0] = ends;
  if (second === start || operations.length === second) return;
  const known = new Map<string, number>();
  const kept = ends.slice(1).flatMap((end, branch) => newIn(operations.slice(ends[branch], end), known));
  operations.length = start;
  for (const operation of kept) operations.push(operation);
}

/** The operations that no earlier branch has as often. After another one on its table the same one means something else. */
function newIn(branch: readonly Operation[], known: Map<string, number>): readonly Operation[] {
  const own = new Map<string, number>();
  const touched = new Set<string | null>();
  const kept = branch.filter((operation) => {
    const key = keyOf(operation);
    const times = (own.get(key) ?? 0) + 1;
    own.set(key, times);
    const isNew = times > (known.get(key) ?? 0) || touched.has(operation.table);
    if (isNew) touched.add(operation.table);
    return isNew;
  });
  for (const [key, times] of own) known.set(key, Math.max(times, known.get(key) ?? 0));
  return kept;
}

function keyOf({ at: _, statement: __, ...effect }: Operation): string {
  return JSON.stringify(effect);
}
