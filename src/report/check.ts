import type { Review } from '../review.ts';
import type { SettingsError } from '../settings.ts';
import { annotationsOf } from './annotations.ts';
import { clean, clip, plain } from './escape.ts';
import { headlineOf } from './headline.ts';
import type { CheckOutput, Conclusion, Presentation } from './presentation.ts';
import { render } from './templates.ts';
import { fitting } from './tiers.ts';
import { viewOf } from './view.ts';

/** GitHub's limits, in characters. */
const maxTitle = 255;
const maxText = 65_535;

/** The check run's output. Complete without the comment: where commenting is forbidden it is all there is. */
export function checkOf(review: Review, presentation: Presentation): CheckOutput {
  const { repositoryUrl, mode } = presentation;
  const write = (name: 'check' | 'check-details') =>
    fitting(maxText, (tier) => render(tier.name === 'counts' ? 'counts' : name, viewOf(review, repositoryUrl, tier)));
  return {
    conclusion: conclusionOf(review, mode),
    title: clip(titleOf(review, mode), maxTitle),
    summary: write('check'),
    text: write('check-details'),
    annotations: annotationsOf(review),
  };
}

function conclusionOf({ verdict }: Review, mode: Presentation['mode']): Conclusion {
  switch (verdict) {
    case 'unsafe':
      return mode === 'advise' ? 'neutral' : 'failure';
    case 'unreadable':
      return mode === 'advise' ? 'neutral' : 'action_required';
    case 'caution':
      return 'neutral';
    case 'safe':
      return 'success';
  }
}

function titleOf(review: Review, mode: Presentation['mode']): string {
  const { lead, rest } = headlineOf(review);
  const held = mode === 'advise' && (review.verdict === 'unsafe' || review.verdict === 'unreadable');
  return plain(held ? `Would be held${rest.slice(rest.indexOf(':'))}` : `${lead}${rest}`);
}

/** What broke inside Bellows or between it and GitHub. */
export interface Failure {
  /** A clause: "GitHub answered 502". */
  readonly sentence: string;
  /** What GitHub's support would ask for. */
  readonly requestId: string | null;
  readonly onError: 'fail' | 'pass';
}

/** The check run of a review that could not be made. Never green: `onError: pass` makes it neutral. */
export function failureCheck({ sentence, requestId, onError }: Failure): CheckOutput {
  const request = requestId === null ? '' : ` (request ${clip(clean(requestId), 60)})`;
  const next = `${request}. Re-run the check.`;
  const happened = `Bellows failed, not your change: ${plain(sentence).replace(/\.$/, '')}`;
  return {
    conclusion: onError === 'pass' ? 'neutral' : 'failure',
    title: `${clip(happened, maxTitle - next.length)}${next}`,
    summary: render('failure', { sentence: `${happened}.`, requestId, passes: onError === 'pass' }),
    text: '',
    annotations: [],
  };
}

/** The check run where the settings at the target cannot be used. */
export function settingsCheck(error: Pick<SettingsError, 'path' | 'line' | 'message'>): CheckOutput {
  const at = `${error.path}:${error.line}`;
  const reason = error.message.startsWith(`${at}: `) ? error.message.slice(at.length + 2) : error.message;
  const place = { path: error.path, line: error.line, short: error.path, url: null };
  return {
    conclusion: 'failure',
    title: clip(`The settings cannot be used: ${clean(at)}: ${plain(reason)}`, maxTitle),
    summary: render('settings', { place, reason }),
    text: '',
    annotations: [],
  };
}
