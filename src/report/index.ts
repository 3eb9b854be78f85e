import type { Review } from '../review.ts';
import { checkOf } from './check.ts';
import { commentOf, writtenOut } from './comment.ts';
import { nameFindings } from './handles.ts';
import { json } from './json.ts';
import type { CheckOutput, Presentation, TextFormat } from './presentation.ts';
import { sarif } from './sarif.ts';
import { forMachines, forPeople } from './silence.ts';
import { render } from './templates.ts';
import { terminal, whole } from './tiers.ts';
import { viewOf } from './view.ts';

export { failureCheck, settingsCheck } from './check.ts';
export { giveHandles } from './handles.ts';
export { hasMarker, readMarker } from './marker.ts';

export interface Report {
  /** Null: nothing to say on the pull request; a comment that is there stays as it is. */
  readonly comment: string | null;
  readonly check: CheckOutput;
  /** The review in the format that was asked for. */
  readonly text: string | null;
}

/** Turns a review into what people and machines read. Pure, but for templates that are read once. */
export function report(review: Review, presentation: Presentation, format: TextFormat | null): Report {
  const named = nameFindings(review, presentation.previous);
  const told = forPeople(named);
  return {
    comment: commentOf(told, presentation),
    check: checkOf(told, presentation),
    text: format && textOf(named, presentation, format),
  };
}

function textOf(named: Review, { repositoryUrl }: Presentation, format: TextFormat): string {
  const review = format === 'json' ? forMachines(named) : forPeople(named);
  switch (format) {
    case 'text':
      return render('terminal', viewOf(review, repositoryUrl, terminal));
    case 'markdown':
      return writtenOut(review, repositoryUrl, whole);
    case 'json':
      return json(review);
    case 'sarif':
      return sarif(review);
  }
}
