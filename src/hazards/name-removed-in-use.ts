import { breaks } from '../deploy/breaks.ts';
import type { Deploy } from '../deploy/deploy.ts';
import { reach, whyUnreachable } from '../deploy/order.ts';
import { evidenceOf, type Group, grouped, isStrong } from './evidence.ts';
import type { Facts, Hazard, Problem } from './hazard.ts';
import { code, insteadOfRename, needed, place, things } from './words.ts';

type Break = ReturnType<typeof breaks>[number];
type Old = Extract<Break, { code: 'old' }>;
type StartedBefore = Extract<Break, { code: 'new-started-before' }>;

export const nameRemovedInUse = {
  id: 'name-removed-in-use',
  title: 'Running code still names what the migration takes away',
  risk: 'compatibility',
  why: 'Until the last old process has stopped, every statement that names it fails.',

  *find(deploy, facts) {
    const told = new Set<string>();
    for (const group of grouped(breaks(deploy).filter(isPart))) {
      const found = problem(deploy, group, facts);
      if (found.severity === 'blocking') told.add(keyOf(group));
      yield found;
    }
    for (const group of grouped(breaks(deploy).filter(isStartedBefore))) {
      // Where old code fails of the same thing, the same remedy serves both.
      if (!told.has(keyOf(group))) yield* problemOfNew(deploy, group);
    }
  },
} as const satisfies Hazard;

function isPart(each: Break): each is Old {
  return each.code === 'old' && !each.step.pending;
}

function isStartedBefore(each: Break): each is StartedBefore {
  return each.code === 'new-started-before' && !each.step.pending;
}

function keyOf({ breaks, needs }: Group<Old | StartedBefore>): string {
  const { at } = breaks[0].step.operation;
  return JSON.stringify([at.path, at.line, at.column, needs.table, needs.column]);
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

/**
 * New processes that start before the migration and go on after it. They are new code on the new schema, so this counts in
 * neither window, each of which asks whether that code as such fails on that schema: started after the migration it does
 * not. It happens where new code can meet the old schema; elsewhere no process has such a list, and nothing is to be said.
 */
function* problemOfNew(deploy: Deploy, { breaks, needs }: Group<StartedBefore>): Iterable<Problem> {
  const { operation, migration } = breaks[0].step;
  if (!reach(deploy.order.order, migration.when).newCodeOldSchema) return;
  const references = breaks.map((each) => each.reference);
  const evidence = evidenceOf(references, 'head');
  yield {
    severity: !references.some(isStrong) ? 'note' : deploy.order.source === 'assumed' ? 'warning' : 'blocking',
    window: null,
    at: operation.at,
    operation,
    needs,
    evidence,
    duration: null,
    harm: `${things(needs.table)} fail until the new servers are started again`,
    message: `New servers that start before the migration keep naming ${needed(needs)} in their statements (${place(evidence)}) after it has been taken away (${code(`${operation.at.path}:${operation.at.line}`)}).`,
    remedy:
      insteadOfRename(operation) ??
      'First deploy code whose model ignores the column (`self.ignored_columns`), then merge the migration; take the line out after it.',
  };
}
