import { z } from 'zod';

import { pullOfCheck } from '../github/check.ts';
import type { PullJob } from '../github/review-pull.ts';
import type { Delivery, Handler } from './handler.ts';

/** The fields that are used and no others. */
const shape = z.object({
  action: z.literal('rerequested'),
  installation: z.object({ id: z.number() }),
  repository: z.object({ name: z.string().min(1), owner: z.object({ login: z.string().min(1) }) }),
  check_run: z.object({ name: z.string(), external_id: z.string() }),
});

/**
 * Somebody pressed "Re-run" beside the check. GitHub tells only the App whose check it is; of what else becomes of
 * check runs, those of Bellows among them, nothing is heard.
 */
export const checkRun: Handler<PullJob> = { event: 'check_run', jobOf };

function jobOf({ id, payload }: Delivery): PullJob | null {
  const { data } = shape.safeParse(payload);
  const number = data ? pullOfCheck(data.check_run) : null;
  if (!data || number === null) return null;
  const { repository, installation } = data;
  const name = { owner: repository.owner.login, repo: repository.name, number };
  return { delivery: id, installation: installation.id, ...name, facts: null, asked: true };
}
