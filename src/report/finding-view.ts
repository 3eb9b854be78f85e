import type { Finding } from '../finding.ts';
import type { Evidence } from '../hazards/hazard.ts';
import { seconds } from '../hazards/words.ts';
import type { Review } from '../review.ts';
import { summarise } from '../schema/operation.ts';
import { type Place, type Places, shortName } from './places.ts';
import { cutQuote } from './quote.ts';
import { named } from './words.ts';

export interface EvidenceView {
  readonly place: Place;
  /** Whose line it is, where that is not the new code's. */
  readonly side: string | null;
  readonly certainty: string;
  readonly because: string;
  readonly quote: string | null;
}

export interface FindingView {
  readonly handle: string;
  readonly hazard: string;
  readonly title: string;
  readonly severity: string;
  readonly holds: boolean;
  readonly rollouts: string | null;
  readonly message: string;
  /** The message with files by their own names, for a table: whole paths stand beside it and below. */
  readonly brief: string;
  readonly why: string;
  readonly remedy: string;
  /** Further lines of a remedy that is a list. */
  readonly steps: readonly string[];
  readonly duration: string | null;
  /** The one to three places that stand in the table. */
  readonly where: readonly Place[];
  readonly elsewhere: number;
  readonly evidence: readonly EvidenceView[];
  readonly more: number;
  readonly operation: { readonly words: string; readonly place: Place } | null;
}

/** How much of a finding is shown. */
export interface Detail {
  readonly evidence: number;
  readonly quotes: boolean;
}

/** At most this many pieces of evidence leave Bellows, in any format. */
export const maxEvidence = 20;

export function findingView(finding: Finding, places: Places, detail: Detail): FindingView {
  const evidence = finding.evidence.slice(0, Math.min(detail.evidence, maxEvidence));
  const all = finding.evidence.map((each) => places.evidence(each, finding.app));
  const where = all.length > 0 ? firstPlaces(all) : [places.head(finding.at)];
  const [remedy = '', ...steps] = finding.remedy.split('\n').map(withoutBullet).filter(Boolean);
  return {
    ...{ handle: finding.handle, hazard: finding.hazard, title: finding.title, severity: finding.severity },
    ...{ message: finding.message, brief: inBrief(finding.message), why: finding.why, remedy, steps },
    holds: finding.severity === 'blocking',
    rollouts: finding.rollouts.length > 0 ? finding.rollouts.join(', ') : null,
    duration: durationWords(finding),
    where,
    elsewhere: Math.max(0, all.length + finding.more - where.length),
    evidence: evidence.map((each) => evidenceView(each, finding, { places, quotes: detail.quotes })),
    more: finding.more + finding.evidence.length - evidence.length,
    operation: finding.operation && {
      words: operationWords(finding.operation),
      place: places.head(finding.operation.at),
    },
  };
}

/** The best place and up to two more lines of the same file. */
function firstPlaces(all: readonly Place[]): readonly Place[] {
  return all.filter((place) => place.path === all[0]?.path).slice(0, 3);
}

function evidenceView(
  evidence: Evidence,
  { needs, app }: Finding,
  { places, quotes }: { readonly places: Places; readonly quotes: boolean },
): EvidenceView {
  const { certainty, because, side, at } = evidence;
  const quote = cutQuote(evidence.quote, needs.column ?? needs.table, at.column);
  return {
    place: places.evidence(evidence, app),
    side: { head: null, target: 'old code', deployed: 'running code' }[side],
    certainty,
    because,
    quote: quotes && quote !== '' ? quote : null,
  };
}

function durationWords({ duration }: Finding): string | null {
  if (!duration) return null;
  return `${seconds(duration.seconds)}: ${duration.basis}`;
}

/** "add column comments.moderated_at", with the name between backticks. */
function operationWords(operation: NonNullable<Finding['operation']>): string {
  const { kind, table, column, name } = summarise(operation);
  const words = kind.replaceAll('-', ' ');
  if (column === null && name !== null) return `${words} ${named(name)}${table === null ? '' : ` on ${named(table)}`}`;
  const object = [table, column].filter((part) => part !== null).join('.');
  return object === '' ? words : `${words} ${named(object)}`;
}

function inBrief(message: string): string {
  return message.replaceAll(/`([^`]+):(\d+)`/g, (_, path: string, line: string) => named(`${shortName(path)}:${line}`));
}

function withoutBullet(line: string): string {
  return line.trim().replace(/^(?:[-*]|\d+[.)])\s+/, '');
}

/** The findings that hold the merge or warn; the others are notes. */
export function isReported(finding: Review['findings'][number]): boolean {
  return finding.severity !== 'note';
}
