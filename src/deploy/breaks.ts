import { replay } from '../schema/apply.ts';
import type { Schema } from '../schema/schema.ts';
import type { Deploy, NewReference, Reference } from './deploy.ts';
import { type Moment, moments, type Step } from './moments.ts';
import { oncePerDeploy } from './once.ts';
import { type Need, needKey, needOfOld, resolves } from './resolves.ts';

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
  const timeline = moments(deploy);
  const lost = memo((need) => firstLoss(need, timeline));
  const gained = memo((need) => lastGain(need, timeline));
  const last = timeline[timeline.length - 1]?.schema ?? deploy.before.schema;

  const found: Break[] = [];
  for (const reference of deploy.before.references) {
    const step = lost(needOfOld(reference));
    if (step) found.push({ code: 'old', reference, step });
  }
  for (const reference of deploy.after.references) {
    if (reference.untilRestart) {
      const step = lost(reference);
      if (step) found.push({ code: 'new-started-before', reference, step });
    } else if (!resolves(reference, last)) {
      found.push({ code: 'new-for-good', reference, step: lost(reference) });
    } else {
      const step = gained(reference);
      if (step) found.push({ code: 'new', reference, step });
    }
  }
  return found;
}

/** The step that takes away what the first schema has; null where it has not, or keeps it throughout. */
function firstLoss(need: Need, timeline: readonly Moment[]): Step | null {
  for (const [index, moment] of timeline.entries()) {
    if (resolves(need, moment.schema)) continue;
    const previous = timeline[index - 1];
    return previous ? turningStep(need, previous.schema, moment) : null;
  }
  return null;
}

/** The step after which the need is met for good; null where it is met throughout. */
function lastGain(need: Need, timeline: readonly Moment[]): Step | null {
  for (let index = timeline.length - 2; index >= 0; index--) {
    const [before, after] = [timeline[index], timeline[index + 1]];
    if (before && after && !resolves(need, before.schema)) return turningStep(need, before.schema, after);
  }
  return null;
}

/** Of several steps that become visible together, the one that turns the answer last. */
function turningStep(need: Need, before: Schema, { schema: after, steps }: Moment): Step | null {
  const operations = steps.map((step) => step.operation);
  const met: boolean[] = [];
  for (const { schema } of replay(before, operations)) met.push(resolves(need, schema));
  met.push(resolves(need, after));
  return steps.findLast((_, index) => met[index] !== met[index + 1]) ?? null;
}

/** Many references share one need, so each need walks the timeline once. */
function memo(ask: (need: Need) => Step | null): (need: Need) => Step | null {
  const answers = new Map<string, Step | null>();
  return (need) => {
    const key = needKey(need);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(need);
    answers.set(key, answer);
    return answer;
  };
}
