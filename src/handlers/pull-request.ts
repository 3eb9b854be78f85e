import { z } from 'zod';

import type { PullJob } from '../github/review-pull.ts';
import type { Delivery, Handler } from './handler.ts';

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const known = <Shape extends z.ZodType>(shape: Shape) => shape.nullable().catch(null);

/** The fields that are used and no others. What a review can do without is null where it is absent or odd. */
const shape = z.object({
  action: z.string(),
  installation: z.object({ id: z.number() }),
  repository: z.object({
    name: z.string().min(1),
    owner: z.object({ login: z.string().min(1) }),
    html_url: known(z.url({ protocol: /^https?$/ })),
  }),
  pull_request: z.object({
    number: z.number().int().positive(),
    head: z.object({ sha }),
    base: z.object({ ref: z.string().min(1) }),
    draft: z.boolean().catch(false),
    changed_files: known(z.number()),
    comments: known(z.number()),
  }),
  changes: known(
    z.object({
      base: z
        .object({ ref: known(z.object({ from: z.string() })), sha: known(z.object({ from: z.string() })) })
        .nullish(),
    }),
  ),
});

/** `edited` also says that a title changed: it counts only where it says that the base did. */
const actions: ReadonlySet<string> = new Set(['opened', 'reopened', 'synchronize', 'ready_for_review', 'edited']);

/** Only what people do to pull requests is heard here; nothing that Bellows itself writes comes back as such an event. */
export const pullRequest: Handler<PullJob> = { event: 'pull_request', jobOf };

function jobOf({ id, payload }: Delivery): PullJob | null {
  const { data } = shape.safeParse(payload);
  if (!data || !actions.has(data.action)) return null;
  const { repository, pull_request: pull } = data;
  if (data.action === 'edited' && !baseChanged(data.changes?.base)) return null;
  const name = { owner: repository.owner.login, repo: repository.name, number: pull.number };
  const facts = {
    ...name,
    baseRef: pull.base.ref,
    head: pull.head.sha,
    changedFiles: pull.changed_files,
    draft: pull.draft,
    comments: pull.comments,
    repositoryUrl: repository.html_url,
  };
  return { delivery: id, installation: data.installation.id, ...name, facts, asked: false };
}

function baseChanged(base: { ref: { from: string } | null; sha: { from: string } | null } | null | undefined): boolean {
  return base !== null && base !== undefined && (base.ref !== null || base.sha !== null);
}
