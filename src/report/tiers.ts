import type { Review } from '../review.ts';
import { isReported } from './finding-view.ts';
import { count } from './words.ts';

/** How much of a review is written. Smaller ones leave out whole parts and say which; nothing is ever cut in the middle. */
export interface Tier {
  readonly name: 'whole' | 'terminal' | 'full' | 'lean' | 'short' | 'counts';
  /** Findings in the table. */
  readonly rows: number;
  /** Findings with their lines, reason and remedy. */
  readonly folds: number;
  readonly evidence: number;
  readonly quotes: boolean;
  /** Generated files of the plan. */
  readonly code: boolean;
  readonly dropped: (review: Review) => string | null;
}

const everything = { evidence: 20, quotes: true, code: true };
const nothing = { evidence: 0, quotes: false, code: false };

/** For output that has no limit. */
export const whole: Tier = {
  name: 'whole',
  rows: 8,
  folds: Number.POSITIVE_INFINITY,
  ...everything,
  dropped: () => null,
};

export const terminal: Tier = {
  ...{ name: 'terminal', rows: 0, folds: 40, evidence: 4, quotes: false, code: false },
  dropped: beyond(40),
};

/** From the fullest to the one that always fits. */
export const tiers: readonly Tier[] = [
  { name: 'full', rows: 8, folds: 40, ...everything, dropped: beyond(40) },
  {
    ...{ name: 'lean', rows: 8, folds: 40, evidence: 4, quotes: false, code: false },
    dropped: (review) =>
      left('quoted code, generated files and all but four lines of each finding', beyond(40)(review)),
  },
  {
    name: 'short',
    rows: 40,
    folds: 0,
    ...nothing,
    dropped: () => left('the reason, the lines and the remedy of each finding', null),
  },
  { name: 'counts', rows: 0, folds: 0, ...nothing, dropped: () => left('every single finding', null) },
];

/** The fullest text that fits: `write` is asked for one tier after the other. */
export function fitting(limit: number, write: (tier: Tier) => string): string {
  let text = '';
  for (const tier of tiers) {
    text = write(tier);
    if (text.length <= limit) return text;
  }
  return text;
}

function beyond(shown: number): Tier['dropped'] {
  return ({ findings }) => {
    const reported = findings.filter(isReported).length;
    const most = Math.max(reported, findings.length - reported) - shown;
    return most > 0
      ? `Left out for length: ${count(most, 'finding')} of ${findings.length.toLocaleString('en-GB')}. ${where}`
      : null;
  };
}

function left(parts: string, more: string | null): string {
  return more === null ? `Left out for length: ${parts}. ${where}` : `Left out for length: ${parts}. ${more}`;
}

const where = '`bellows review --format json` writes them all.';
