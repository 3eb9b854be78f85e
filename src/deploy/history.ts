import { replaying } from '../schema/apply.ts';
import type { Schema } from '../schema/schema.ts';
import { needsByName } from './needs-by-name.ts';
import { type Need, needKey, resolves } from './resolves.ts';
import type { Step, Timeline } from './timeline.ts';

/** How the answer to one need changes while a deploy rolls out, as far as other sessions see it. */
export interface History {
  readonly metAtFirst: boolean;
  readonly metAtLast: boolean;
  /** The steps that turn the answer. Null: none does. */
  readonly firstLoss: Step | null;
  readonly lastLoss: Step | null;
  readonly lastGain: Step | null;
}

interface Course {
  readonly need: Need;
  /** The answer after the last step. */
  met: boolean;
  /** The step that turned it. */
  turnedBy: Step | null;
  readonly seen: { -readonly [Key in keyof History]: History[Key] };
}

/**
 * The histories of many needs, in one pass over the timeline: a need is asked again only where a step changes what it
 * names. Many references share one need.
 */
export function historiesOf(timeline: Timeline, needs: Iterable<Need>): (need: Need) => History {
  const courses = new Map<string, Course>();
  for (const need of needs) {
    const key = needKey(need);
    if (!courses.has(key)) courses.set(key, courseOf(need, timeline.first));
  }
  follow([...courses.values()], timeline);
  return (need) => courses.get(needKey(need))?.seen ?? courseOf(need, timeline.first).seen;
}

function courseOf(need: Need, first: Schema): Course {
  const met = resolves(need, first);
  const seen = { metAtFirst: met, metAtLast: met, firstLoss: null, lastLoss: null, lastGain: null };
  return { need, met, turnedBy: null, seen };
}

function follow(courses: readonly Course[], { first, turns }: Timeline): void {
  const touchedBy = needsByName(courses);
  const { schema, apply } = replaying(first);
  for (const steps of turns) {
    const turned = new Set<Course>();
    for (const step of steps) {
      const touched = touchedBy(step.operation, schema);
      apply(step.operation);
      for (const course of touched) if (turn(course, step, schema)) turned.add(course);
    }
    for (const course of turned) see(course);
  }
}

function turn(course: Course, step: Step, schema: Schema): boolean {
  const met = resolves(course.need, schema);
  if (met === course.met) return false;
  course.met = met;
  course.turnedBy = step;
  return true;
}

/** What was turned and turned back before anybody could see it did not happen. */
function see({ met, turnedBy, seen }: Course): void {
  if (met === seen.metAtLast) return;
  seen.metAtLast = met;
  if (met) seen.lastGain = turnedBy;
  else {
    seen.firstLoss ??= turnedBy;
    seen.lastLoss = turnedBy;
  }
}
