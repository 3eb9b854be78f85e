import { setTimeout as pause } from 'node:timers/promises';

import type { Reading } from '../reading.ts';
import { readMarker } from '../report/marker.ts';
import type { Settings } from '../settings.ts';
import { reviewOf } from '../worker/index.ts';
import { withBrokenSettings } from './check.ts';
import { findComment, type OwnComment, reconcile, type Step, writeComment } from './comment.ts';
import { checkOfFailure, traceOf } from './failure.ts';
import { GitHubError } from './github-error.ts';
import type { Log } from './log.ts';
import { askForPull, type PullName } from './pull.ts';
import type { PullFacts } from './pull-facts.ts';
import { type FirstRound, readFirst, readSecond } from './read.ts';
import { type Publisher, publishCheck } from './shared-check.ts';
import type { ReadTree } from './tree-cache.ts';

/** A pull request to review. */
export interface PullJob extends PullName {
  readonly delivery: string;
  readonly installation: number;
  /** What the event told of it. Null: GitHub is to be asked. */
  readonly facts: PullFacts | null;
  /** Whether somebody asked for the check: then it is written though it says the same again. */
  readonly asked: boolean;
}

/** What one review works with. */
export interface Desk extends Publisher {
  readonly readTree: ReadTree;
  readonly log: Log;
  /** Whether the pull request may carry a comment of ours, though the event counted none. */
  readonly mayHaveSpoken: boolean;
  /** Whether a newer event of this pull request waits by now: then this review is nobody's. */
  readonly superseded: () => boolean;
}

/** How it ended: the facts as GitHub has them now where the pull request has moved on. */
export type Outcome =
  | { readonly kind: 'published'; readonly spoke: boolean }
  | { readonly kind: 'closed' }
  | { readonly kind: 'moved'; readonly facts: PullFacts };

/**
 * Reviews a pull request and publishes the result, or the reason why there is none.
 * @throws GitHubError when not even the reason can be published
 */
export async function reviewPull(desk: Desk, pull: PullFacts): Promise<Outcome> {
  let onError: Settings['onError'] = 'fail';
  let sharing: readonly number[] = [];
  try {
    const round = await readFirst(desk.client, pull);
    ({ sharing } = round);
    onError = round.first.settings.onError;
    return await publish(desk, pull, { round, reading: await readSecond(desk.client, pull, round, desk.readTree) });
  } catch (error) {
    desk.log.error(traceOf(error), 'no review');
    await publishCheck(desk, pull, { check: checkOfFailure(error, onError), sharing });
    return { kind: 'published', spoke: false };
  }
}

async function publish(
  desk: Desk,
  pull: PullFacts,
  { round, reading }: { round: FirstRound; reading: Reading },
): Promise<Outcome> {
  const { mode, comments } = reading.settings;
  const conversation = await listen(desk, pull);
  const previous = conversation.found === null ? null : readMarker(conversation.found.body);
  const presentation = { repositoryUrl: pull.repositoryUrl, mode, comments, previous };
  const { review, check, comment } = await reviewOf(reading, presentation, null);

  const found = conversation.found && { ...conversation.found, verdict: previous?.verdict ?? null };
  const step = conversation.open
    ? reconcile(found, { body: comment, verdict: review.verdict, draft: pull.draft })
    : ({ kind: 'none' } as const);
  // What nothing depends on cannot be out of date: an irrelevant pull request costs no further question.
  if (reading.relevant || step.kind !== 'none') {
    const now = await whereItStands(desk, pull);
    if (now !== null) return now;
  }
  const spoke = await speak(desk, pull, step);
  const said = withBrokenSettings(check, round.proposedSettings);
  await publishCheck(desk, pull, { check: said, sharing: round.sharing });
  desk.log.info({ verdict: review.verdict, findings: review.findings.length, comment: step.kind }, 'reviewed');
  return { kind: 'published', spoke };
}

interface Conversation {
  readonly found: OwnComment | null;
  /** False: comments cannot be read, so that another of ours could double what is there. */
  readonly open: boolean;
}

/** A pull request without comments needs no look through them. */
async function listen({ client, app, log, mayHaveSpoken }: Desk, pull: PullFacts): Promise<Conversation> {
  if (pull.comments === 0 && !mayHaveSpoken) return { found: null, open: true };
  try {
    return { found: await findComment(client, pull, app), open: true };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    log.warn({ reason: error.message }, 'comments cannot be read: the check run alone will tell');
    return { found: null, open: false };
  }
}

/** A locked conversation, or one that this installation may not write to, still has its check run. */
async function speak({ client, log }: Desk, pull: PullFacts, step: Step): Promise<boolean> {
  try {
    await writeComment(client, pull, step);
    return step.kind === 'create';
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    log.warn({ reason: error.message }, 'the comment cannot be written: the check run alone will tell');
    return false;
  }
}

/** Milliseconds that an event may be ahead of what GitHub's interface shows. */
const lag = 2000;

/** Asks just before writing whether this is still the pull request that was read. Null: it is. */
async function whereItStands(desk: Desk, pull: PullFacts): Promise<Outcome | null> {
  let facts = await askForPull(desk.client, pull);
  if (!isSame(facts, pull) && !desk.superseded()) {
    await pause(lag);
    facts = await askForPull(desk.client, pull);
  }
  if (!facts.open) return { kind: 'closed' };
  return isSame(facts, pull) ? null : { kind: 'moved', facts };
}

function isSame(now: PullFacts, read: PullFacts): boolean {
  return now.head === read.head && now.baseRef === read.baseRef;
}
