import { breaks } from '../deploy/breaks.ts';
import { evidenceOf, type Group, grouped, isFresh, isStrong } from './evidence.ts';
import type { Hazard, Problem, Severity } from './hazard.ts';
import { code, needed, place, things } from './words.ts';

type ForGood = Extract<ReturnType<typeof breaks>[number], { code: 'new-for-good' }>;

export const nameNeverThere = {
  id: 'name-never-there',
  title: 'New code needs what is not there when everything is deployed',
  risk: 'compatibility',
  why: 'No order of code and migrations helps: the statement fails on the last schema too.',

  *find(deploy) {
    for (const group of grouped(breaks(deploy).filter(isPart))) yield problem(group);
  },
} as const satisfies Hazard;

/** The pull request has a part in it where it takes the name away, or adds the line. */
function isPart(each: ReturnType<typeof breaks>[number]): each is ForGood {
  return each.code === 'new-for-good' && (each.reference.changed || (each.step !== null && !each.step.pending));
}

function problem({ breaks, needs }: Group<ForGood>): Problem {
  const step = breaks[0].step;
  const evidence = evidenceOf(
    breaks.map((each) => each.reference),
    'head',
  );
  const cause = step
    ? `which the migration takes away (${code(`${step.operation.at.path}:${step.operation.at.line}`)})`
    : 'which neither the schema nor a migration has';
  return {
    severity: severityOf(breaks),
    window: null,
    at: step?.operation.at ?? breaks[0].reference.at,
    operation: step?.operation ?? null,
    needs,
    evidence,
    duration: null,
    harm: `${things(needs.table)} fail and stay broken`,
    message: `New code needs ${needed(needs)} at ${place(evidence)}, ${cause}.`,
    remedy: step ? 'Remove the use, or keep what it needs.' : 'Add a migration for it, or correct the name.',
  };
}

function severityOf(breaks: readonly ForGood[]): Severity {
  const references = breaks.map((each) => each.reference);
  if (!references.some(isStrong)) return 'note';
  return isFresh(references) ? 'warning' : 'blocking';
}
