import { Worker } from 'node:worker_threads';

import type { FirstReading, Interest, Reading, SourceFile } from '../reading.ts';
import type { Presentation, TextFormat } from '../report/presentation.ts';
import type { Message, Reviewed, Task } from './task.ts';
import { firstWithoutFile, withoutFile } from './without.ts';

/** Milliseconds. A file may take so long to parse before it is given up, and a task altogether. */
export interface Limits {
  readonly file: number;
  readonly task: number;
}

const usualLimits: Limits = { file: 10_000, task: 120_000 };

/** The review thread failed or took too long. The message is one sentence without source text. */
export class ReviewError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReviewError';
  }
}

/**
 * Which names the pull request puts at stake, worked out in the review thread.
 * @throws ReviewError when the thread fails or takes too long
 */
export async function interestOf(first: FirstReading, limits: Limits = usualLimits): Promise<Interest> {
  const outcome = await run({ kind: 'interest', first }, limits);
  if (outcome.kind === 'slow-file') return interestOf(firstWithoutFile(first, outcome.path), limits);
  if (outcome.kind === 'interest') return outcome.interest;
  throw new ReviewError('The review thread answered another question.');
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
  const outcome = await run({ kind: 'names', first, files }, limits);
  if (outcome.kind === 'slow-file') {
    const { path } = outcome;
    const rest = files.filter((file) => file.path !== path);
    return furtherNamesOf(firstWithoutFile(first, path), rest, limits);
  }
  if (outcome.kind === 'names') return outcome.names;
  throw new ReviewError('The review thread answered another question.');
}

/**
 * The review and what is to be said of it, worked out in a thread that is ended from outside at its time limit. A file
 * that takes too long is marked unread and the review is made again without it.
 * @throws ReviewError when the thread fails or takes too long without a file to blame
 */
export async function reviewOf(
  reading: Reading,
  presentation: Presentation,
  format: TextFormat | null,
  limits: Limits = usualLimits,
): Promise<Reviewed> {
  const outcome = await run({ kind: 'review', reading, presentation, format }, limits);
  if (outcome.kind === 'slow-file') {
    const reason = `reading it took longer than ${limits.file / 1000} s`;
    return reviewOf(withoutFile(reading, outcome.path, reason), presentation, format, limits);
  }
  if (outcome.kind === 'reviewed') return outcome.reviewed;
  throw new ReviewError('The review thread answered another question.');
}

/** Starts a thread ahead of its first task, so that it loads its modules while files are read. */
export function prepare(): void {
  if (idle.length === 0) rest(start());
}

type Outcome =
  | Extract<Message, { kind: 'interest' | 'names' | 'reviewed' }>
  | { readonly kind: 'slow-file'; readonly path: string };

/** A thread takes about 0.1 s to start, so one that did its work waits for the next task. */
const idle: Worker[] = [];

async function run(task: Task, limits: Limits): Promise<Outcome> {
  const worker = idle.pop() ?? start();
  worker.ref();
  try {
    const outcome = await outcomeOf(worker, task, limits);
    if (outcome.kind === 'slow-file') await worker.terminate();
    else rest(worker);
    return outcome;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

function rest(worker: Worker): void {
  worker.once('error', () => idle.splice(idle.indexOf(worker), 1));
  worker.unref();
  idle.push(worker);
}

function outcomeOf(worker: Worker, task: Task, limits: Limits): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let file: string | null = null;
    const slowFile = setTimeout(
      () => file !== null && settle(() => resolve({ kind: 'slow-file', path: file ?? '' })),
      limits.file,
    );
    const slowTask = setTimeout(
      () =>
        settle(() => reject(new ReviewError(`The review took longer than ${limits.task / 1000} s and was stopped.`))),
      limits.task,
    );
    const settle = (how: () => void) => {
      clearTimeout(slowFile);
      clearTimeout(slowTask);
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
      how();
    };

    worker.on('message', (message: Message) => {
      if (message.kind === 'file') {
        file = message.path;
        slowFile.refresh();
      } else if (message.kind === 'failed') {
        settle(() => reject(new ReviewError('The review failed inside Bellows.', { cause: message.stack })));
      } else settle(() => resolve(message));
    });
    worker.on('error', (error) => settle(() => reject(new ReviewError(sentenceOf(error), { cause: error }))));
    worker.on('exit', () => settle(() => reject(new ReviewError('The review thread ended before it answered.'))));
    worker.postMessage(task);
  });
}

function sentenceOf(error: Error): string {
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory ? 'The review needed more memory than it is allowed.' : 'The review thread failed.';
}

/** Under a test runner this file is TypeScript, which a thread cannot load on Node 20: the built thread serves both. */
function start(): Worker {
  const built = import.meta.url.endsWith('.ts') ? '../../dist/worker/thread.js' : './thread.js';
  return new Worker(new URL(built, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 2048, stackSizeMb: 8 },
  });
}
