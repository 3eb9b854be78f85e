import type { Finding } from '../finding.ts';
import type { Review } from '../review.ts';
import { type HiddenStatement, hiddenStatements } from './hidden.ts';
import { count } from './words.ts';

/** The verdict in one line: what people will notice, then nothing else. `rest` has names between backticks. */
export interface Headline {
  readonly lead: string;
  readonly rest: string;
}

/** The finding that speaks for all. Findings come worst first; a note never speaks. */
export function worstOf(review: Review): Finding | null {
  const first = review.findings[0];
  return first && first.severity !== 'note' ? first : null;
}

export function headlineOf(review: Review): Headline {
  switch (review.verdict) {
    case 'unsafe':
      return { lead: 'Unsafe', rest: `${splits(review) ? ' as one release' : ''}: ${harmOf(review)}` };
    case 'caution':
      return { lead: 'Caution', rest: `: ${harmOf(review)}` };
    case 'unreadable':
      return { lead: 'Cannot tell', rest: `: ${whatIsHidden(review)}` };
    case 'safe':
      return safeHeadline(review);
  }
}

/** Code that nobody read may need anything: nothing must sound as if it had been compared. */
function safeHeadline(review: Review): Headline {
  if (isIrrelevant(review)) return { lead: 'No schema change', rest: '' };
  const unread = new Set(review.unreadChanges.map(({ path }) => path)).size;
  if (unread === 0) return { lead: 'Safe', rest: `: ${whySafe(review)}` };
  return { lead: 'Safe as far as could be read', rest: `: ${count(unread, 'changed file')} could not be read` };
}

/** The pull request neither changes a schema nor has anything to do with one. */
export function isIrrelevant(review: Review): boolean {
  return review.migrations.length === 0 && review.findings.length === 0 && review.unread.length === 0;
}

function splits(review: Review): boolean {
  return (review.plan?.phases.length ?? 0) > 1;
}

function harmOf(review: Review): string {
  const worst = worstOf(review);
  if (!worst) return 'read the findings';
  const rollouts = worst.rollouts.length > 0 ? ` (${worst.rollouts.join(', ')})` : '';
  return `${worst.harm}${condition(review, worst)}${rollouts}`;
}

/** Under an assumed order a break happens in one of the orders only. */
function condition(review: Review, finding: Finding): string {
  const order = review.deploys.find((deploy) => deploy.app.root === finding.app);
  if (order?.source !== 'assumed' || finding.window === null) return '';
  return finding.window === 'new-code-old-schema' ? ', if the servers restart first' : ', if the migration runs first';
}

function whatIsHidden(review: Review): string {
  const hidden = hiddenStatements(review);
  const first = hidden[0];
  if (!first) return 'a migration could not be read';
  if (hidden.length > 1) return `${count(hidden.length, nounFor(hidden))} hide what they do to the schema`;
  const file = first.at.path.slice(first.at.path.lastIndexOf('/') + 1).replaceAll('`', "'");
  const place = `\`${file.replace(/^\d{8,}(?=_)/, '…')}:${first.at.line}\``;
  return first.whole ? `${place} could not be read` : `one statement at ${place} hides what it does to the schema`;
}

function nounFor(hidden: readonly HiddenStatement[]): string {
  if (hidden.every(({ whole }) => whole)) return 'migration';
  return hidden.some(({ whole }) => whole) ? 'place' : 'statement';
}

/** A clause for titles: why nothing breaks. */
export function whySafe(review: Review): string {
  const { windows, deploys, migrations } = review;
  const { newCodeOldSchema, oldCodeNewSchema } = windows;
  if (isLetPass(review)) return 'the settings let pass what breaks';
  if (migrations.length === 0) return 'the code runs on the schema that it meets';
  if (!newCodeOldSchema.breaks && !oldCodeNewSchema.breaks) return 'old and new code run on both schemas';
  if (newCodeOldSchema.reachable && newCodeOldSchema.breaks) return 'nothing that breaks is in use yet';
  if (oldCodeNewSchema.reachable && oldCodeNewSchema.breaks) return 'nothing that breaks is in use any more';
  if (deploys.length > 0 && deploys.every((deploy) => deploy.order === 'offline'))
    return 'no code runs while the migration does';
  if (!oldCodeNewSchema.breaks) return 'the migration ends before the code that needs it starts';
  if (!newCodeOldSchema.breaks) return 'the old code has stopped before the migration starts';
  return 'old code never meets the new schema, nor new code the old one';
}

/** Whether it is the settings that took the sting out: a finding is a note by their word, or none is left to tell of a window. */
function isLetPass({ windows, findings }: Review): boolean {
  const tells = (window: Finding['window']) => findings.some((finding) => finding.window === window);
  return (
    findings.some((finding) => finding.ruled === 'note') ||
    (windows.newCodeOldSchema.breaks && !tells('new-code-old-schema')) ||
    (windows.oldCodeNewSchema.breaks && !tells('old-code-new-schema'))
  );
}
