import type { Client } from './client.ts';
import type { Identity } from './comment.ts';
import { rememberHeads } from './heads.ts';
import type { Log } from './log.ts';
import { askForPull } from './pull.ts';
import type { PullFacts } from './pull-facts.ts';
import { type Outcome, type PullJob, reviewPull } from './review-pull.ts';
import { rememberTrees } from './tree-cache.ts';

/** A client that may act for an installation, and who it is. */
export interface Connection {
  readonly client: Client;
  readonly app: Identity;
}

export interface Office {
  readonly connect: (installation: number) => Promise<Connection>;
  readonly logOf: (job: PullJob) => Log;
}

/** A pull request that moves faster than this is left to the event that its last move brings. */
const maxRounds = 3;

/** How many pull requests are remembered. */
const maxSpoken = 10_000;

/** What one pull request is called, in any case that GitHub accepts. */
export function keyOf({ owner, repo, number }: Pick<PullFacts, 'owner' | 'repo' | 'number'>): string {
  return `${owner}/${repo}#${number}`.toLowerCase();
}

/** Works on one pull request until a review of its present head is published. */
export function pullReviewer({ connect, logOf }: Office): (job: PullJob, superseded: () => boolean) => Promise<void> {
  // An event may be sent before, and worked on after, an earlier review has put its comment there.
  const spoken = new Set<string>();
  const heads = rememberHeads();
  const readTree = rememberTrees();
  return async (job, superseded) => {
    const log = logOf(job);
    const { client, app } = await connect(job.installation);
    let facts: PullFacts | null = job.facts ?? (await openFacts(client, job));
    if (facts === null) return log.info({}, 'the pull request is closed');
    if (job.asked) heads.say(facts, null);
    for (let round = 0; round < maxRounds; round++) {
      heads.join(facts);
      const desk = { client, app, log, heads, readTree, superseded, mayHaveSpoken: spoken.has(keyOf(job)) };
      const outcome = await reviewPull(desk, facts);
      remember(spoken, keyOf(job), outcome);
      if (outcome.kind !== 'moved') return;
      log.info({ to: outcome.facts.head }, 'the pull request has moved on: nothing was written');
      if (superseded()) return;
      facts = outcome.facts;
    }
    log.warn({ rounds: maxRounds }, 'the pull request keeps moving');
  };
}

/** Null: it is closed. */
async function openFacts(client: Client, job: PullJob): Promise<PullFacts | null> {
  const facts = await askForPull(client, job);
  return facts.open ? facts : null;
}

function remember(spoken: Set<string>, key: string, outcome: Outcome): void {
  if (outcome.kind !== 'published' || !outcome.spoke) return;
  spoken.add(key);
  const oldest = spoken.values().next().value;
  if (spoken.size > maxSpoken && oldest !== undefined) spoken.delete(oldest);
}
