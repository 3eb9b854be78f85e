import type { Plan } from '../plan/plan.ts';
import type { Review } from '../review.ts';
import { worstOf } from './headline.ts';
import { hiddenStatements } from './hidden.ts';
import { count, named } from './words.ts';

/** What to do now, one sentence. */
export function nextStep(review: Review): string {
  const remedy = worstOf(review)?.remedy ?? '';
  switch (review.verdict) {
    case 'safe':
      return review.unreadChanges.length > 0 ? 'Look through what could not be read.' : 'Nothing to do.';
    case 'unreadable':
      return readable(review);
    case 'unsafe':
    case 'caution':
      return review.plan && review.plan.phases.length > 0 ? byPlan(review.plan, remedy) : remedy;
  }
}

function readable(review: Review): string {
  const hidden = hiddenStatements(review);
  const unread = hidden.filter(({ whole }) => whole);
  const [first] = unread;
  if (first && hidden.length === 1) return `Make that migration readable: ${first.reason}.`;
  if (unread.length === hidden.length)
    return 'Make those migrations readable; each says what keeps it from being read.';
  const what = hidden.length === 1 ? 'that statement' : 'those statements';
  return `Write ${what} so that the table and the change can be read without running anything.`;
}

/** `worst` is what the worst finding says to do, where the plan is the pull request as it is. */
function byPlan({ phases, waitsFor }: Plan, worst: string): string {
  if (waitsFor) return `Wait until ${named(waitsFor.slice(0, 7))} is deployed, then merge this as it is.`;
  const [first, second] = phases;
  if (!first) return '';
  if (!second && first.generated.length === 0) return worst;
  if (!second) return 'Keep one pull request and replace its migration by the generated one.';
  return `Split this into ${count(phases.length, 'pull request')}. The first one: ${first.title}.`;
}
