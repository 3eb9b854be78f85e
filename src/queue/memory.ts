import { setTimeout as pause } from 'node:timers/promises';

import type { Queue, QueueOptions } from './queue.ts';

/** A queue in this process: what waits is lost when the process ends. */
export function memoryQueue<Job>(options: QueueOptions<Job>): Queue<Job> {
  const { keyOf, atOnce, atMost } = options;
  const waiting = new Map<string, Job>();
  const running = new Map<string, Promise<void>>();
  let open = true;

  const startNext = (): void => {
    if (running.size >= atOnce) return;
    for (const [key, job] of waiting) {
      if (running.has(key)) continue;
      waiting.delete(key);
      const ended = run(job, () => waiting.has(key), options).then(() => {
        running.delete(key);
        startNext();
      });
      running.set(key, ended);
      startNext();
      return;
    }
  };

  const accepts = (): boolean => open && waiting.size < atMost;

  return {
    accepts,
    add: async (job) => {
      const key = keyOf(job);
      if (!open || (!accepts() && !waiting.has(key))) throw new Error('The queue takes no more jobs.');
      waiting.set(key, job);
      startNext();
    },
    drain: async (milliseconds) => {
      open = false;
      const over = new AbortController();
      const done = async () => {
        while (running.size > 0) await Promise.race(running.values());
      };
      await Promise.race([done(), pause(milliseconds, null, { signal: over.signal, ref: false }).catch(() => null)]);
      over.abort();
      return running.size + waiting.size;
    },
  };
}

async function run<Job>(job: Job, superseded: () => boolean, { work, failed }: QueueOptions<Job>): Promise<void> {
  try {
    await work(job, superseded);
  } catch (error) {
    failed(job, error);
  }
}
