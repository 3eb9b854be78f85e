import { describe, expect, it } from 'vitest';

import { memoryQueue } from '../../src/queue/memory.ts';
import type { QueueOptions } from '../../src/queue/queue.ts';

interface Job {
  readonly pull: string;
  readonly head: number;
}

/** A queue whose work ends when the test says so. */
function controlled(options: Partial<QueueOptions<Job>> = {}) {
  const log: string[] = [];
  const open = new Map<string, { end: () => void; fail: () => void; superseded: () => boolean }>();
  const queue = memoryQueue<Job>({
    keyOf: ({ pull }) => pull,
    work: ({ pull, head }, superseded) => {
      if (open.has(pull)) log.push(`${pull} twice at once`);
      log.push(`${pull}${head}`);
      return new Promise<void>((resolve, reject) => {
        const close = (how: () => void) => () => {
          open.delete(pull);
          how();
        };
        open.set(pull, { end: close(resolve), fail: close(() => reject(new Error('broken'))), superseded });
      });
    },
    failed: ({ pull, head }, error) => log.push(`${pull}${head} failed: ${String(error)}`),
    atOnce: 2,
    atMost: 10,
    ...options,
  });
  const of = (pull: string) => open.get(pull) ?? { end: () => {}, fail: () => {}, superseded: () => false };
  const finish = async (pull: string, how: 'end' | 'fail' = 'end') => {
    of(pull)[how]();
    await settled();
  };
  const superseded = (pull: string) => of(pull).superseded();
  return { queue, log, finish, superseded, running: () => [...open.keys()] };
}

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the queue in memory', () => {
  it('makes one review of a burst, of the newest head', async () => {
    const { queue, log, finish } = controlled();
    await queue.add({ pull: 'a', head: 1 });
    for (let head = 2; head <= 20; head++) await queue.add({ pull: 'a', head });
    await finish('a');
    await finish('a');
    expect(log).toEqual(['a1', 'a20']);
  });

  it('runs exactly once more for events that come during a review, and not beside it', async () => {
    const { queue, log, finish, superseded, running } = controlled();
    await queue.add({ pull: 'a', head: 1 });
    expect(superseded('a')).toBe(false);
    await queue.add({ pull: 'a', head: 2 });
    expect(superseded('a')).toBe(true);
    expect(running()).toEqual(['a']);
    await finish('a');
    expect(superseded('a')).toBe(false);
    await finish('a');
    expect(log).toEqual(['a1', 'a2']);
    expect(running()).toEqual([]);
  });

  it('works on several pull requests at once, no more than it may', async () => {
    const { queue, log, finish, running } = controlled();
    for (const pull of ['a', 'b', 'c']) await queue.add({ pull, head: 1 });
    expect(running()).toEqual(['a', 'b']);
    await finish('b');
    expect(running()).toEqual(['a', 'c']);
    expect(log).toEqual(['a1', 'b1', 'c1']);
  });

  it('does not let a busy pull request hold up the others', async () => {
    const { queue, finish, running } = controlled();
    await queue.add({ pull: 'a', head: 1 });
    await queue.add({ pull: 'a', head: 2 });
    await queue.add({ pull: 'b', head: 1 });
    expect(running()).toEqual(['a', 'b']);
    await finish('a');
    expect(running().sort()).toEqual(['a', 'b']);
  });

  it('tells of a failure and goes on', async () => {
    const { queue, log, finish } = controlled({ atOnce: 1 });
    await queue.add({ pull: 'a', head: 1 });
    await queue.add({ pull: 'b', head: 1 });
    await finish('a', 'fail');
    expect(log).toEqual(['a1', 'a1 failed: Error: broken', 'b1']);
  });

  it('tries again what may pass, after as long as it is told, and gives up in the end', async () => {
    const waits: number[] = [];
    const again = (_: unknown, failures: number) => {
      waits.push(failures);
      return failures < 3 ? 20 : null;
    };
    const { queue, log, finish, running } = controlled({ atOnce: 1, again });
    await queue.add({ pull: 'a', head: 1 });
    await queue.add({ pull: 'b', head: 1 });
    await finish('a', 'fail');
    expect(running()).toEqual(['b']);
    await finish('b');
    for (let more = 0; more < 2; more++) {
      await later(40);
      await finish('a', 'fail');
    }
    await later(40);
    expect(waits).toEqual([1, 2, 3]);
    expect(log).toEqual(['a1', 'b1', 'a1', 'a1', 'a1 failed: Error: broken']);
  });

  it('forgets a job that waits to be tried again when a newer one of its key comes', async () => {
    const { queue, log, finish } = controlled({ again: () => 20 });
    await queue.add({ pull: 'a', head: 1 });
    await finish('a', 'fail');
    await queue.add({ pull: 'a', head: 2 });
    await finish('a');
    await later(40);
    expect(log).toEqual(['a1', 'a2']);
    await queue.add({ pull: 'a', head: 3 });
    await queue.add({ pull: 'a', head: 4 });
    await finish('a', 'fail');
    await later(40);
    expect(log).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('counts what waits to be tried again, and does not wait for it when it is drained', async () => {
    const { queue, log, finish } = controlled({ atMost: 1, again: () => 60_000 });
    await queue.add({ pull: 'a', head: 1 });
    await finish('a', 'fail');
    expect(queue.accepts()).toBe(false);
    expect(await queue.drain(5_000)).toBe(1);
    expect(log).toEqual(['a1']);
  });

  it('takes no more than it may, except what replaces a job that waits', async () => {
    const { queue, log, finish } = controlled({ atOnce: 1, atMost: 2 });
    for (const pull of ['a', 'b', 'c']) await queue.add({ pull, head: 1 });
    expect(queue.accepts()).toBe(false);
    await expect(queue.add({ pull: 'd', head: 1 })).rejects.toThrow('takes no more');
    await queue.add({ pull: 'b', head: 2 });
    for (const pull of ['a', 'b', 'c']) await finish(pull);
    expect(log).toEqual(['a1', 'b2', 'c1']);
    expect(queue.accepts()).toBe(true);
  });

  it('finishes what it has and takes nothing new when it is drained', async () => {
    const { queue, log, finish } = controlled({ atOnce: 1 });
    await queue.add({ pull: 'a', head: 1 });
    await queue.add({ pull: 'b', head: 1 });
    const drained = queue.drain(5_000);
    await expect(queue.add({ pull: 'c', head: 1 })).rejects.toThrow('takes no more');
    await finish('a');
    await finish('b');
    expect(await drained).toBe(0);
    expect(log).toEqual(['a1', 'b1']);
  });

  it('says how much is left when its time is over', async () => {
    const { queue } = controlled({ atOnce: 1 });
    await queue.add({ pull: 'a', head: 1 });
    await queue.add({ pull: 'b', head: 1 });
    expect(await queue.drain(20)).toBe(2);
  });
});
