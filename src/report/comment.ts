import type { Review } from '../review.ts';
import { isReported } from './finding-view.ts';
import { headlineOf, whySafe } from './headline.ts';
import { writeMarker } from './marker.ts';
import { orderSentences } from './order-words.ts';
import { placesOf } from './places.ts';
import type { Presentation, Previous } from './presentation.ts';
import { render } from './templates.ts';
import { fitting, type Tier } from './tiers.ts';
import { unreadPlaces } from './unread-places.ts';
import { version } from './version.ts';
import { commitView, rollbackWords, viewOf } from './view.ts';
import { count, list, named, sentence } from './words.ts';

/** GitHub's limit for a comment, in UTF-16 units. */
const maxComment = 65_536;

/** The comment, or null where there is nothing to say on the pull request (or what was said there still holds). */
export function commentOf(review: Review, presentation: Presentation): string | null {
  const marker = `${writeMarker(review, presentation.previous)}\n`;
  const body = bodyOf(review, presentation, maxComment - marker.length);
  return body === null ? null : `${marker}${body}`;
}

function bodyOf(review: Review, presentation: Presentation, limit: number): string | null {
  const { previous, repositoryUrl } = presentation;
  if (review.verdict !== 'safe') return fitting(limit, (tier) => writtenOut(review, repositoryUrl, tier));
  if (previous && previous.verdict !== 'safe') return settled(review, previous, repositoryUrl);
  if (previous && previous.head === review.head) return null;
  return review.touchesBoth && presentation.comments === 'all' ? threeLines(review, repositoryUrl) : null;
}

/** The whole answer as Markdown, whatever the verdict. */
export function writtenOut(review: Review, repositoryUrl: string | null, tier: Tier): string {
  return render(tier.name === 'counts' ? 'counts' : 'comment', viewOf(review, repositoryUrl, tier));
}

function threeLines(review: Review, repositoryUrl: string | null): string {
  const places = placesOf(review, repositoryUrl);
  const inPart = review.unreadChanges.length > 0;
  const because = `${inPart ? 'in what was read, ' : ''}${whySafe(review)}: ${orderSentences(review.deploys).slice(0, 2).join(' ').replace(/^T/, 't')}`;
  const { lead, rest } = headlineOf(review);
  return render('safe', {
    headline: inPart ? `${lead}${rest}.` : 'Safe to release as it is.',
    ...unreadPlaces(review, places),
    compared: `${count(review.migrations.length, 'migration')} with the code that uses ${list(operationTables(review).map(named), 4)}`,
    because: sentence(because),
    rollback: rollbackWords(review),
    head: commitView(review.head, places),
    target: commitView(review.target, places),
  });
}

function settled(review: Review, previous: Previous, repositoryUrl: string | null): string {
  const places = placesOf(review, repositoryUrl);
  const open = new Set(review.findings.filter(isReported).map((finding) => finding.handle));
  const gone = Object.keys(previous.handles).filter((handle) => !open.has(handle));
  const { lead, rest } = headlineOf(review);
  return render('settled', {
    ...unreadPlaces(review, places),
    headline: `${lead === 'Safe' ? 'Safe now' : lead}${rest}`,
    rollback: rollbackWords(review),
    was: previous.verdict,
    before: commitView(previous.head || null, places),
    head: commitView(review.head, places),
    handles: gone.length > 0 ? list(gone, 6) : null,
    version: version(),
  });
}

/** The tables that the pull request's migrations touch, in order of first sight. */
function operationTables({ migrations }: Review): readonly string[] {
  const tables = migrations.flatMap(({ migration }) => migration.operations.map((operation) => operation.table));
  return [...new Set(tables.filter((table) => table !== null))];
}
