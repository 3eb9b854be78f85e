import { overlay } from '../overlay.ts';
import type { ChangedFile, Reading, Tree } from '../reading.ts';
import type { Draft } from './drafts.ts';

/** What a phase changes, as if it were a pull request: the author's texts, and generated ones in their place. */
export function changesOf(
  { files, generated }: Pick<Draft, 'files' | 'generated'>,
  reading: Reading,
): readonly ChangedFile[] {
  const byPath = new Map(reading.changed.map((file) => [file.path, file]));
  const own = files.flatMap((path) => byPath.get(path) ?? []);
  const made = generated.map(({ path, content, replaces }): ChangedFile => {
    const author = replaces === path ? byPath.get(path) : undefined;
    return author
      ? { ...author, head: content }
      : { path, previousPath: path, status: 'added', base: null, head: content };
  });
  return [...own, ...made];
}

/**
 * A phase as the reading of a pull request on `before`, the target with all earlier phases laid over it (null: none).
 * The first meets what runs now with what is merged and not deployed; each later one waits until all before it runs.
 */
export function phaseReading(draft: Draft, reading: Reading, before: Tree | null): Reading {
  const changed = changesOf(draft, reading);
  if (!before) return { ...reading, relevant: true, changed };
  return { ...reading, relevant: true, changed, running: reading.target, runningTree: before, targetTree: before };
}

export function treeAfter(phase: Reading): Tree {
  return overlay(phase.targetTree, phase.changed);
}
