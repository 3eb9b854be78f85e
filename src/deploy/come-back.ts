import { hasTable } from '../schema/schema.ts';
import type { Deploy, Reference } from './deploy.ts';
import { historiesOf } from './history.ts';
import type { Need } from './resolves.ts';
import { type Step, timelineOf } from './timeline.ts';

/** What keeps old code from coming back once every migration ran. */
export interface Stranded {
  readonly needs: Need;
  /** Where old code needs it, best first. */
  readonly reference: Reference;
  /** What takes it away for good. */
  readonly step: Step;
}

const byCertainty = { certain: 0, likely: 1, possible: 2 } as const;

/**
 * What old code needs, has now and has no more on the last schema. Code that comes back is code that starts: what goes
 * and returns on the way does not hurt it, nor do names that the ORM kept only until the process ended. Best known first.
 */
export function strandedBy(deploy: Deploy): readonly Stranded[] {
  const timeline = timelineOf(deploy);
  const references = deploy.before.references.filter(
    ({ untilRestart, certainty }) => !untilRestart && certainty !== 'possible',
  );
  const historyOf = historiesOf(timeline, references);
  const found = references.flatMap((reference) => {
    const { metAtFirst, metAtLast, lastLoss: step } = historyOf(reference);
    if (!metAtFirst || metAtLast || !step) return [];
    const { table, column } = reference;
    return [{ needs: { table, column: hasTable(timeline.last, table) ? column : null }, reference, step }];
  });
  return found.sort((left, right) => byCertainty[left.reference.certainty] - byCertainty[right.reference.certainty]);
}
