import type { Deploy, NewReference, Reference } from './deploy.ts';
import { type History, historiesOf } from './history.ts';
import { oncePerDeploy } from './once.ts';
import { needOfOld } from './resolves.ts';
import { type Step, timelineOf } from './timeline.ts';

/** Code that meets a schema it cannot run on. */
export type Break =
  /** Old code runs on the first schema and fails on a later one. */
  | { readonly code: 'old'; readonly reference: Reference; readonly step: Step }
  /** New code fails now and runs once the step is done. */
  | { readonly code: 'new'; readonly reference: NewReference; readonly step: Step }
  /** New code that started before the step goes on naming what it read from the schema then, until it is started again. */
  | { readonly code: 'new-started-before'; readonly reference: NewReference; readonly step: Step }
  /** New code fails on the last schema too, which no order excuses. `step` took away what was there, null: it never was. */
  | { readonly code: 'new-for-good'; readonly reference: NewReference; readonly step: Step | null };

/** All breaks of a deploy, whatever its order says about which of them can happen. Worked out once per deploy. */
export const breaks: (deploy: Deploy) => readonly Break[] = oncePerDeploy(workOut);

function workOut(deploy: Deploy): readonly Break[] {
  const timeline = timelineOf(deploy);
  const { before, after } = deploy;
  const oldNeeds = before.references.map(needOfOld);
  const historyOf = historiesOf(timeline, [...oldNeeds, ...after.references]);
  const old = before.references.flatMap((reference): readonly Break[] => {
    const step = lossOf(historyOf(needOfOld(reference)));
    return step ? [{ code: 'old', reference, step }] : [];
  });
  return [...old, ...after.references.flatMap((reference) => breakOfNew(reference, historyOf(reference)) ?? [])];
}

function breakOfNew(reference: NewReference, history: History): Break | null {
  const lost = lossOf(history);
  if (reference.untilRestart) return lost && { code: 'new-started-before', reference, step: lost };
  if (!history.metAtLast) return { code: 'new-for-good', reference, step: lost };
  return history.lastGain && { code: 'new', reference, step: history.lastGain };
}

/** The step that takes away what the first schema has; null where it has not, or keeps it throughout. */
function lossOf({ metAtFirst, firstLoss }: History): Step | null {
  return metAtFirst ? firstLoss : null;
}
