import type { Judgement } from '../judge.ts';
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

/** The target with all earlier phases laid over it. */
export interface Laid {
  /** Its dumps are the target's own, which no phase moves: what the phases did to the schema is in `ran`. */
  readonly tree: Tree;
  /** The migrations of those phases, in running order. */
  readonly ran: readonly string[];
}

/**
 * A phase as the reading of a pull request on what the earlier ones leave (null: none). The first meets what runs now
 * with what is merged and not deployed; each later one waits until all before it runs.
 */
export function phaseReading(draft: Draft, reading: Reading, before: Laid | null): Reading {
  const changed = changesOf(draft, reading);
  if (!before) return { ...reading, relevant: true, changed };
  const { tree, ran } = before;
  return { ...reading, relevant: true, changed, running: reading.target, runningTree: tree, targetTree: tree, ran };
}

/**
 * What a phase leaves. A dump that changes alone changes nothing, and one that says more or less than the migrations do
 * must not hide from the next phase what they did; so it stays as it was.
 */
export function laidAfter(phase: Reading, { apps }: Pick<Judgement, 'apps'>): Laid {
  const dumps = new Set(apps.flatMap((app) => app.dumps));
  const changed = phase.changed.filter((file) => !dumps.has(file.path));
  const ran = apps.flatMap((app) => app.migrations.map((migration) => migration.path));
  return { tree: overlay(phase.targetTree, changed), ran: [...(phase.ran ?? []), ...ran] };
}
