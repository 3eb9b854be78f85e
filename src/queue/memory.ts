import { setTimeout as pause } from 'node:timers/promises';

import type { Queue, QueueOptions } from './queue.ts';

interface Entry<Job> {
  readonly job: Job;
  /** How often it failed so far. */
  readonly failures: number;
}

/** A queue in this process: what waits is lost when the process ends. */
export function memoryQueue<Job>(options: QueueOptions<Job>): Queue<Job> {
  const { keyOf, atOnce, atMost } = options;
  const waiting = new Map<string, Entry<Job>>();
  const running = new Map<string, Promise<void>>();
  /** Jobs that failed and wait for their time, by key. */
  const resting = new Map<string, NodeJS.Timeout>();
  let open = true;

  const startNext = (): void => {
    if (running.size >= atOnce) return;
    for (const [key, entry] of waiting) {
      if (running.has(key)) continue;
      waiting.delete(key);
      const ended = run(entry, () => waiting.has(key), options).then((wait) => {
        running.delete(key);
        if (wait !== null && !waiting.has(key)) rest(key, { ...entry, failures: entry.failures + 1 }, wait);
        startNext();
      });
      running.set(key, ended);
      startNext();
      return;
    }
  };

  const rest = (key: string, entry: Entry<Job>, milliseconds: number): void => {
    const wake = () => {
      if (!open) return;
      resting.delete(key);
      waiting.set(key, entry);
      startNext();
    };
    resting.set(key, setTimeout(wake, milliseconds).unref());
  };

  const store = (key: string, job: Job): void => {
    clearTimeout(resting.get(key));
    resting.delete(key);
    waiting.set(key, { job, failures: 0 });
    startNext();
  };

  const accepts = (): boolean => open && waiting.size + resting.size < atMost;

  return {
    accepts,
    add: async (job) => {
      const key = keyOf(job);
      const replaces = waiting.has(key) || resting.has(key);
      if (!open || (!accepts() && !replaces)) throw new Error('The queue takes no more jobs.');
      store(key, job);
    },
    drain: async (milliseconds) => {
      open = false;
      const over = new AbortController();
      const done = async () => {
        while (running.size > 0) await Promise.race(running.values());
      };
      await Promise.race([done(), pause(milliseconds, null, { signal: over.signal, ref: false }).catch(() => null)]);
      over.abort();
      return running.size + waiting.size + resting.size;
    },
  };
}

/** Resolves to the milliseconds after which the job is to be tried again; null: it is over. */
async function run<Job>(
  { job, failures }: Entry<Job>,
  superseded: () => boolean,
  { work, again, failed }: QueueOptions<Job>,
): Promise<number | null> {
  try {
    await work(job, superseded);
    return null;
  } catch (error) {
    const wait = again?.(error, failures + 1) ?? null;
    if (wait === null) failed(job, error);
    return wait;
  }
}
