import { breaks } from '../deploy/breaks.ts';
import type { Deploy } from '../deploy/deploy.ts';
import { reach, whyUnreachable } from '../deploy/order.ts';
import { evidenceOf, type Group, grouped, isStrong } from './evidence.ts';
import type { Facts, Hazard, Problem } from './hazard.ts';
import { code, insteadOfRename, needed, place, things } from './words.ts';

type Old = Extract<ReturnType<typeof breaks>[number], { code: 'old' }>;

export const nameRemovedInUse = {
  id: 'name-removed-in-use',
  title: 'Running code still names what the migration takes away',
  risk: 'compatibility',
  why: 'Until the last old process has stopped, every statement that names it fails.',

  *find(deploy, facts) {
    for (const group of grouped(breaks(deploy).filter(isPart))) yield problem(deploy, group, facts);
  },
} as const satisfies Hazard;

function isPart(each: ReturnType<typeof breaks>[number]): each is Old {
  return each.code === 'old' && !each.step.pending;
}

function problem(deploy: Deploy, { breaks, needs }: Group<Old>, facts: Facts): Problem {
  const { operation, migration } = breaks[0].step;
  const references = breaks.map((each) => each.reference);
  const evidence = evidenceOf(references, facts.oldSide);
  const reachable = reach(deploy.order.order, migration.when).oldCodeNewSchema;
  const excuse = reachable ? '' : ` ${whyUnreachable(deploy.order.order, migration.when, 'oldCodeNewSchema')}`;
  return {
    severity: reachable && references.some(isStrong) ? 'blocking' : 'note',
    window: 'old-code-new-schema',
    at: operation.at,
    operation,
    needs,
    evidence,
    duration: null,
    harm: `${things(needs.table)} fail until the last old process has stopped`,
    message: `Running code needs ${needed(needs)} at ${place(evidence)}, which the migration takes away (${code(`${operation.at.path}:${operation.at.line}`)}).${excuse}`,
    remedy: insteadOfRename(operation) ?? 'First deploy code that no longer uses it, then merge the migration.',
  };
}
