import { breaks } from '../deploy/breaks.ts';
import type { Deploy } from '../deploy/deploy.ts';
import { reach, whyUnreachable } from '../deploy/order.ts';
import { evidenceOf, type Group, grouped, isFresh, isStrong } from './evidence.ts';
import type { Hazard, Problem, Severity } from './hazard.ts';
import { code, insteadOfRename, needed, place, things } from './words.ts';

type New = Extract<ReturnType<typeof breaks>[number], { code: 'new' }>;

export const nameNeededBeforeAdded = {
  id: 'name-needed-before-added',
  title: 'New code needs what the migration has not added yet',
  risk: 'compatibility',
  why: 'Servers that already run the new code fail on the old schema until the migration has ended.',

  *find(deploy) {
    for (const group of grouped(breaks(deploy).filter(isPart))) yield problem(deploy, group);
  },
} as const satisfies Hazard;

/** For something new only lines that the pull request adds, changes or newly reaches can need it. */
function isPart(each: ReturnType<typeof breaks>[number]): each is New {
  return each.code === 'new' && each.reference.changed;
}

function problem(deploy: Deploy, { breaks, needs }: Group<New>): Problem {
  const { operation, migration, pending } = breaks[0].step;
  const evidence = evidenceOf(
    breaks.map((each) => each.reference),
    'head',
  );
  const reachable = reach(deploy.order.order, migration.when).newCodeOldSchema;
  const added = pending ? 'which is merged and not deployed yet' : 'which only the migration adds';
  const excuse = reachable ? '' : ` ${whyUnreachable(deploy.order.order, migration.when, 'newCodeOldSchema')}`;
  return {
    severity: severityOf(deploy, breaks, reachable),
    window: 'new-code-old-schema',
    at: operation.at,
    operation,
    needs,
    evidence,
    duration: null,
    harm: `${things(needs.table)} fail until the migration ends`,
    message: `New code needs ${needed(needs)} at ${place(evidence)}, ${added} (${code(`${operation.at.path}:${operation.at.line}`)}).${excuse}`,
    remedy: pending
      ? 'Deploy what is merged first; then this can be merged as it is.'
      : (insteadOfRename(operation) ?? 'Merge and deploy the migration first, then the code.'),
  };
}

function severityOf(deploy: Deploy, breaks: readonly New[], reachable: boolean): Severity {
  const references = breaks.map((each) => each.reference);
  if (!reachable || !references.some(isStrong)) return 'note';
  return isFresh(references) || deploy.order.source === 'assumed' ? 'warning' : 'blocking';
}
