import type { Verdict } from '../finding.ts';
import type { Review } from '../review.ts';
import type { Ask } from './ask.ts';
import { askOrder } from './ask.ts';
import { type FindingView, findingView, isReported } from './finding-view.ts';
import { headlineOf } from './headline.ts';
import { nextStep } from './next-step.ts';
import { orderSentences } from './order-words.ts';
import { type Picture, pictureOf } from './picture.ts';
import { type Places, placesOf } from './places.ts';
import { type PlanView, planView } from './plan-view.ts';
import { type Relied, reliedOn } from './relied.ts';
import type { Tier } from './tiers.ts';
import { type UnreadPlaces, unreadPlaces } from './unread-places.ts';
import { version } from './version.ts';
import { capital, count, named, sentence, shortSha } from './words.ts';

/** A commit as people say it, with names between backticks. */
export interface Commit {
  readonly name: string;
  readonly url: string | null;
}

/**
 * All that a template can say about a review, every field present. Strings are as they came: the template chooses the
 * helper that makes each safe where it stands.
 */
export interface View extends UnreadPlaces {
  readonly verdict: Verdict;
  readonly safe: boolean;
  readonly headline: string;
  /** The headline for where nothing can be bold. */
  readonly loud: string;
  /** How the release goes, where one sentence says it; `orders` where it takes several. */
  readonly order: string | null;
  readonly orders: readonly string[];
  readonly ask: Ask | null;
  readonly rows: readonly FindingView[];
  readonly hiddenRows: string | null;
  /** Some findings hold the merge and some only warn. */
  readonly mixed: boolean;
  readonly picture: Picture | null;
  readonly plan: PlanView | null;
  readonly next: string;
  readonly rollback: string;
  /** `told`: its message stands in the table already. */
  readonly folds: readonly (FindingView & { readonly told: boolean })[];
  readonly notes: readonly FindingView[];
  readonly noteCount: string;
  readonly relied: Relied;
  readonly dropped: string | null;
  readonly counts: string;
  readonly files: string;
  readonly head: Commit;
  readonly target: Commit;
  readonly version: string;
}

const maxOrders = 6;

export function viewOf(review: Review, repositoryUrl: string | null, tier: Tier): View {
  const places = placesOf(review, repositoryUrl);
  const reported = review.findings.filter(isReported);
  const notes = review.findings.filter((finding) => !isReported(finding));
  const { lead, rest } = headlineOf(review);
  const orders = orderSentences(review.deploys).slice(0, maxOrders);
  const row = (finding: Review['findings'][number]) => findingView(finding, places, tier);
  return {
    verdict: review.verdict,
    safe: review.verdict === 'safe',
    headline: `${lead}${rest}`,
    loud: `${lead.toUpperCase()}${rest}`,
    order: orders.length === 1 ? (orders[0] ?? null) : null,
    orders: orders.length > 1 ? orders : [],
    ask: askOrder(review, repositoryUrl),
    rows: reported.slice(0, tier.rows).map(row),
    hiddenRows: reported.length > tier.rows ? count(reported.length - tier.rows, 'further finding') : null,
    mixed: new Set(reported.map((finding) => finding.severity)).size > 1,
    ...unreadPlaces(review, places),
    picture: pictureOf(review),
    plan: planView(review, places, tier.code),
    next: nextStep(review),
    rollback: rollbackWords(review),
    folds: reported.slice(0, tier.folds).map((finding, index) => ({ ...row(finding), told: index < tier.rows })),
    notes: notes.slice(0, tier.folds).map(row),
    noteCount: capital(count(notes.length, 'note')),
    relied: reliedOn(review, places),
    dropped: tier.dropped(review),
    counts: countsOf(review),
    files: count(review.changedFiles.length, 'changed file'),
    head: commitView(review.head, places),
    target: commitView(review.target, places),
    version: version(),
  };
}

export function commitView(sha: string | null, places: Places): Commit {
  return { name: sha === null ? shortSha(null) : named(shortSha(sha)), url: places.commit(sha) };
}

/** Can the old code come back after the migration? */
export function rollbackWords({ rollback }: Review): string {
  return `Rolling back is ${rollback.safe ? '' : 'not '}safe. ${sentence(rollback.reason)}`.trim();
}

function countsOf({ findings }: Review): string {
  const of = (severity: string) =>
    findings.filter((finding) => finding.severity === severity).length.toLocaleString('en-GB');
  return `Findings that hold the merge: ${of('blocking')}. Warnings: ${of('warning')}. Notes: ${of('note')}.`;
}
