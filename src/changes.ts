import { diffArrays } from 'diff';

import type { ChangedFile } from './reading.ts';

/** A difference of more lines than this counts as a file that changed throughout: finding it costs lines times edits. */
const maxEdits = 3000;

/** Lines of the head that the pull request adds or changes, counted from 1. */
export function changedLines({ base, head }: Pick<ChangedFile, 'base' | 'head'>): ReadonlySet<number> {
  const lines = (head ?? '').split('\n');
  if (base === null || head === null) return all(lines.length);
  const parts = diffArrays(base.split('\n'), lines, { maxEditLength: maxEdits });
  if (!parts) return all(lines.length);

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
