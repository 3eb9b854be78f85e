import type { Worker } from 'node:worker_threads';

import type { Message, Task } from './task.ts';

/** The review thread failed or took too long. The message is one sentence without source text. */
export class ReviewError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReviewError';
  }
}

/** Milliseconds. */
export interface Limits {
  /** A file may take so long to parse before it is given up. */
  readonly file: number;
  /** A question altogether, however often it has to be asked again without a file. */
  readonly task: number;
}

/** The limits of one attempt. */
export interface Attempt extends Limits {
  /** When the question was first asked, in milliseconds of `performance.now()`. */
  readonly since: number;
}

export type Outcome =
  | Extract<Message, { kind: 'interest' | 'names' | 'reviewed' }>
  | { readonly kind: 'slow-file'; readonly path: string };

export interface Pool {
  /** @throws ReviewError when the thread fails or takes too long without a file to blame */
  readonly run: (task: Task, attempt: Attempt) => Promise<Outcome>;
  /** Starts a thread ahead of its first task, so that it loads its modules while files are read. */
  readonly prepare: () => void;
}

/** Threads, each for one task at a time. One takes about 0.1 s to start, so that one that did its work is kept. */
export function threadPool(start: () => Worker): Pool {
  const idle: Worker[] = [];

  const rest = (worker: Worker): void => {
    const gone = () => {
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    };
    worker.on('error', gone);
    worker.on('exit', gone);
    worker.unref();
    idle.push(worker);
  };

  const run = async (task: Task, attempt: Attempt): Promise<Outcome> => {
    const worker = idle.pop() ?? start();
    forget(worker);
    worker.ref();
    try {
      const outcome = await outcomeOf(worker, task, attempt);
      if (outcome.kind === 'slow-file') await end(worker);
      else rest(worker);
      return outcome;
    } catch (error) {
      await end(worker);
      throw error;
    }
  };

  return { run, prepare: () => void (idle.length === 0 && rest(start())) };
}

/** Whatever a thread that is ended still says is nobody's, an error among it. */
async function end(worker: Worker): Promise<void> {
  worker.on('error', () => undefined);
  await worker.terminate();
}

function forget(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}

function outcomeOf(worker: Worker, task: Task, attempt: Attempt): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const timers = startTimers(attempt, {
      slowFile: (path) => settle(() => resolve({ kind: 'slow-file', path })),
      slowTask: () => fail(`The review took longer than ${attempt.task / 1000} s and was stopped.`),
    });
    const settle = (how: () => void) => {
      timers.stop();
      forget(worker);
      how();
    };
    const fail = (sentence: string, cause?: unknown) =>
      settle(() => reject(new ReviewError(sentence, cause === undefined ? {} : { cause })));

    worker.on('message', (message: Message) => {
      if (message.kind === 'file') timers.reads(message.path);
      else if (message.kind === 'failed') fail('The review failed inside Bellows.', message.stack);
      else settle(() => resolve(message));
    });
    worker.on('error', (error) => fail(sentenceOf(error), error));
    worker.on('exit', () => fail('The review thread ended before it answered.'));
    worker.postMessage(task);
  });
}

interface Timers {
  /** From now on it reads this file; null: none. */
  readonly reads: (path: string | null) => void;
  readonly stop: () => void;
}

/** What is slow while no file is read is nobody's fault: then only the task's own limit ends it. */
function startTimers(
  { file, task, since }: Attempt,
  on: { readonly slowFile: (path: string) => void; readonly slowTask: () => void },
): Timers {
  let reading: string | null = null;
  const slowFile = setTimeout(() => reading !== null && on.slowFile(reading), file);
  const slowTask = setTimeout(on.slowTask, Math.max(since + task - performance.now(), 0));
  return {
    reads: (path) => {
      reading = path;
      if (path !== null) slowFile.refresh();
    },
    stop: () => {
      clearTimeout(slowFile);
      clearTimeout(slowTask);
    },
  };
}

function sentenceOf(error: Error): string {
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory ? 'The review needed more memory than it is allowed.' : 'The review thread failed.';
}
