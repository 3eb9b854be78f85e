import { hasTable } from '../schema/schema.ts';
import type { Deploy, Reference } from './deploy.ts';
import { type Moment, moments, type Step } from './moments.ts';
import { type Need, needKey, resolves } from './resolves.ts';

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
  const timeline = moments(deploy);
  const last = timeline.at(-1)?.schema ?? deploy.before.schema;
  const known = new Map<string, Step | null>();
  const found = deploy.before.references.flatMap((reference) => {
    if (reference.untilRestart || reference.certainty === 'possible') return [];
    const key = needKey(reference);
    const step = known.has(key) ? known.get(key) : lostFor(reference, timeline);
    known.set(key, step ?? null);
    const { table, column } = reference;
    return step ? [{ needs: { table, column: hasTable(last, table) ? column : null }, reference, step }] : [];
  });
  return found.sort((left, right) => byCertainty[left.reference.certainty] - byCertainty[right.reference.certainty]);
}

/** The step after which it is gone for good; null where it is not there now, or still is in the end. */
function lostFor(need: Need, timeline: readonly Moment[]): Step | null {
  const [first] = timeline;
  const kept = timeline.findLastIndex(({ schema }) => resolves(need, schema));
  if (!first || !resolves(need, first.schema)) return null;
  const steps = timeline[kept + 1]?.steps ?? [];
  return steps.findLast(({ operation }) => operation.table === need.table) ?? steps.at(-1) ?? null;
}
