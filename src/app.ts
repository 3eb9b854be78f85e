import type { Probot } from 'probot';

import { pauseBefore } from './github/again.ts';
import { connector } from './github/app-client.ts';
import { traceOf } from './github/failure.ts';
import type { PullJob } from './github/review-pull.ts';
import { keyOf, pullReviewer } from './github/reviewer.ts';
import { checkRun } from './handlers/check-run.ts';
import { pullRequest } from './handlers/pull-request.ts';
import { memoryQueue } from './queue/memory.ts';
import type { Queue } from './queue/queue.ts';

/** Every event that is heard; the same as `default_events` in `app.yml`. */
export const handlers = [checkRun, pullRequest] as const;

/** Reviews at once: each has a thread, and waits for GitHub for most of its time. */
const atOnce = 2;

/** Pull requests that may wait. GitHub keeps what is refused, so that it can be delivered again. */
const atMost = 1000;

export function reviewQueue(app: Probot): Queue<PullJob> {
  const logOf = ({ delivery, owner, repo, number, facts }: PullJob) =>
    app.log.child({ delivery, pull: `${owner}/${repo}#${number}`, head: facts?.head ?? null });
  const work = pullReviewer({ connect: connector(app), logOf });
  const failed = (job: PullJob, error: unknown) => logOf(job).error(traceOf(error), 'nothing could be published');
  return memoryQueue({ keyOf, work, again: pauseBefore, failed, atOnce, atMost });
}

/** Puts what each event asks for into the queue, and answers GitHub without waiting for the work. */
export function listen(app: Probot, queue: Queue<PullJob>): void {
  for (const { event, jobOf } of handlers) {
    app.on(event, async ({ id, payload }) => {
      const job = jobOf({ id, payload });
      if (job !== null) await queue.add(job);
    });
  }
}

export default function bellows(app: Probot): void {
  listen(app, reviewQueue(app));
}
