import { Worker } from 'node:worker_threads';

import type { FirstReading, Interest, Reading, SourceFile } from '../reading.ts';
import type { Presentation, TextFormat } from '../report/presentation.ts';
import { type Limits, ReviewError, threadPool } from './pool.ts';
import type { Reviewed } from './task.ts';
import { firstWithoutFile, withoutFile } from './without.ts';

export { ReviewError } from './pool.ts';

const usualLimits: Limits = { file: 10_000, task: 120_000 };

const threads = threadPool(start);

/**
 * Which names the pull request puts at stake, worked out in the review thread.
 * @throws ReviewError when the thread fails or takes too long
 */
export async function interestOf(first: FirstReading, limits: Limits = usualLimits): Promise<Interest> {
  const since = performance.now();
  for (let rest = first; ; ) {
    const outcome = await threads.run({ kind: 'interest', first: rest }, { ...limits, since });
    if (outcome.kind === 'interest') return outcome.interest;
    if (outcome.kind !== 'slow-file') throw new ReviewError('The review thread answered another question.');
    rest = firstWithoutFile(rest, outcome.path);
  }
}

/**
 * Which further names it puts at stake, by the definition files of a tree, worked out in the review thread.
 * @throws ReviewError when the thread fails or takes too long
 */
export async function furtherNamesOf(
  first: FirstReading,
  files: readonly SourceFile[],
  limits: Limits = usualLimits,
): Promise<readonly string[]> {
  const since = performance.now();
  for (let rest = { first, files }; ; ) {
    const outcome = await threads.run({ kind: 'names', ...rest }, { ...limits, since });
    if (outcome.kind === 'names') return outcome.names;
    if (outcome.kind !== 'slow-file') throw new ReviewError('The review thread answered another question.');
    const { path } = outcome;
    rest = { first: firstWithoutFile(rest.first, path), files: rest.files.filter((file) => file.path !== path) };
  }
}

/**
 * The review and what is to be said of it, worked out in a thread that is ended from outside at its time limit. A file
 * that takes too long is marked unread and the review is made again without it.
 * @throws ReviewError when the thread fails, or takes too long in all
 */
export async function reviewOf(
  reading: Reading,
  presentation: Presentation,
  format: TextFormat | null,
  limits: Limits = usualLimits,
): Promise<Reviewed> {
  const since = performance.now();
  const reason = `reading it took longer than ${limits.file / 1000} s`;
  for (let rest = reading; ; ) {
    const outcome = await threads.run({ kind: 'review', reading: rest, presentation, format }, { ...limits, since });
    if (outcome.kind === 'reviewed') return outcome.reviewed;
    if (outcome.kind !== 'slow-file') throw new ReviewError('The review thread answered another question.');
    rest = withoutFile(rest, outcome.path, reason);
  }
}

/** Starts a thread ahead of its first task, so that it loads its modules while files are read. */
export function prepare(): void {
  threads.prepare();
}

/** Under a test runner this file is TypeScript, which a thread cannot load on Node 20: the built thread serves both. */
function start(): Worker {
  const built = import.meta.url.endsWith('.ts') ? '../../dist/worker/thread.js' : './thread.js';
  return new Worker(new URL(built, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 2048, stackSizeMb: 8 },
  });
}
