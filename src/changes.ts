import { type ChangeObject, diffArrays } from 'diff';

import type { ChangedFile } from './reading.ts';

/** A difference of more lines than this counts as a file that changed throughout: finding it costs lines times edits. */
const maxEdits = 3000;

/** The parts that two texts share or not, by lines, as `diff` gives them. Null: they have too little in common. */
export function differenceOf(base: string, head: string): readonly ChangeObject<string[]>[] | null {
  return diffArrays(base.split('\n'), head.split('\n'), { maxEditLength: maxEdits }) ?? null;
}

/** Lines of the head that the pull request adds or changes, counted from 1. */
export function changedLines({ base, head }: Pick<ChangedFile, 'base' | 'head'>): ReadonlySet<number> {
  const length = (head ?? '').split('\n').length;
  const parts = base === null || head === null ? null : differenceOf(base, head);
  if (!parts) return all(length);

  const changed = new Set<number>();
  let line = 1;
  for (const part of parts) {
    if (part.removed) continue;
    for (let offset = 0; part.added && offset < part.value.length; offset++) changed.add(line + offset);
    line += part.value.length;
  }
  return changed;
}

function all(count: number): ReadonlySet<number> {
  return new Set(Array.from({ length: count }, (_, index) => index + 1));
}
