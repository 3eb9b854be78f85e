import { createHash } from 'node:crypto';

import type { CheckOutput } from '../report/presentation.ts';
import { completeCheck, type Judged, listJudged, passes, withHold } from './check.ts';
import type { Client } from './client.ts';
import type { Identity } from './comment.ts';
import { GitHubError } from './github-error.ts';
import type { Heads, OfHead } from './heads.ts';
import { askForPull } from './pull.ts';

/** Who puts the check there. */
export interface Publisher {
  readonly client: Client;
  readonly app: Identity;
  readonly heads: Heads;
}

/** How many pull requests of one head are looked at. Where there are more, none of them passes. */
const maxShared = 20;

/**
 * Completes the check of a pull request's head. It passes only where it does for every open pull request that has this
 * head: one that goes to a branch where nothing blocks would otherwise open the way for the others. `sharing` are the
 * numbers that GitHub named; this process adds those it knows of.
 * @throws GitHubError
 */
export function publishCheck(
  publisher: Publisher,
  pull: OfHead,
  { check, sharing }: { check: CheckOutput; sharing: readonly number[] },
): Promise<void> {
  const { heads } = publisher;
  return heads.inTurn(pull, async () => {
    const known = new Set([...sharing, ...heads.others(pull)]);
    const named = await put(publisher, pull, { check, judged: await holdBack(publisher, pull, { check, known }) });
    // Its answer names those of the repository itself. One that nobody knew of comes too late for that run.
    const late = named.filter((number) => number !== pull.number && !known.has(number));
    if (late.length === 0) return;
    await put(publisher, pull, { check, judged: await holdBack(publisher, pull, { check, known: new Set(late) }) });
  });
}

/** The check as it is where nobody holds it back. */
async function holdBack(
  publisher: Publisher,
  pull: OfHead,
  { check, known }: { check: CheckOutput; known: ReadonlySet<number> },
): Promise<CheckOutput> {
  const others = [...known].filter((number) => number !== pull.number);
  if (others.length === 0 || !passes(check.conclusion)) return check;
  if (others.length > maxShared) return withHold(check, `More than ${maxShared} pull requests have the same commit`);
  try {
    const why = await whyHeld(publisher, pull, others);
    return why === null ? check : withHold(check, why);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return withHold(check, `Other pull requests have the same commit, and ${error.message}`);
  }
}

/** Null: none of the others is open, has the same head and does not pass. */
async function whyHeld({ client, app }: Publisher, pull: OfHead, others: readonly number[]): Promise<string | null> {
  const open = [];
  for (const number of others) if (await isOpenWith(client, { ...pull, number })) open.push(number);
  if (open.length === 0) return null;
  const judged = await listJudged(client, pull, app);
  const ofNumber = (number: number): Judged | undefined => judged.find((each) => each.number === number);
  const bad = open.find((number) => !passes(ofNumber(number)?.conclusion ?? null));
  if (bad === undefined) return null;
  return `Pull request #${bad} has the same commit and ${ofNumber(bad) ? 'does not pass' : 'is not reviewed yet'}`;
}

async function isOpenWith(client: Client, pull: OfHead): Promise<boolean> {
  try {
    const facts = await askForPull(client, pull);
    return facts.open && facts.head === pull.head;
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return false;
    throw error;
  }
}

/** Puts a check on the head, unless the same was put there last. */
async function put(
  { client, heads }: Publisher,
  pull: OfHead,
  { check, judged }: { check: CheckOutput; judged: CheckOutput },
): Promise<readonly number[]> {
  const words = createHash('sha256')
    .update(JSON.stringify([check.conclusion, judged]))
    .digest('base64');
  if (heads.isSaid(pull, words)) return [];
  heads.say(pull, null);
  const named = await completeCheck(client, pull, { check: judged, own: check.conclusion });
  heads.say(pull, words);
  return named;
}
