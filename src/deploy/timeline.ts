import { applyAll } from '../schema/apply.ts';
import { foresee } from '../schema/foresee.ts';
import type { Migration } from '../schema/migration.ts';
import type { Operation } from '../schema/operation.ts';
import type { Schema } from '../schema/schema.ts';
import type { Deploy } from './deploy.ts';
import { oncePerDeploy } from './once.ts';

export interface Step {
  readonly operation: Operation;
  readonly migration: Migration;
  /** Merged before this pull request and not deployed yet. */
  readonly pending: boolean;
}

/** What code can meet while the deploy rolls out. The schemas between its ends are only ever replayed: together they are large. */
export interface Timeline {
  /** What is there now. */
  readonly first: Schema;
  /** What the pull request's own migrations meet. */
  readonly ownFirst: Schema;
  readonly last: Schema;
  /** Steps that other sessions see at once, oldest first. */
  readonly turns: readonly (readonly Step[])[];
}

/**
 * The timeline of a deploy. Where DDL commits by itself each statement is seen at once, elsewhere the end of the
 * migration's transaction is. Worked out once per deploy.
 */
export const timelineOf: (deploy: Deploy) => Timeline = oncePerDeploy(workOut);

function workOut({ before, pending, migrations }: Deploy): Timeline {
  const [merged, own] = [pending, migrations].map((each) => each.flatMap(({ operations }) => operations));
  const first = foresee(before.schema, [...(merged ?? []), ...(own ?? [])]);
  const ownFirst = applyAll(first, merged ?? []);
  return {
    first,
    ownFirst,
    last: applyAll(ownFirst, own ?? []),
    turns: [
      ...pending.flatMap((migration) => visibleSteps(migration, true)),
      ...migrations.flatMap((migration) => visibleSteps(migration, false)),
    ],
  };
}

function visibleSteps(migration: Migration, pending: boolean): readonly (readonly Step[])[] {
  const steps = migration.operations.map((operation) => ({ operation, migration, pending }));
  if (migration.transaction) return steps.length > 0 ? [steps] : [];
  const statements = new Map<number, Step[]>();
  for (const step of steps) {
    const group = statements.get(step.operation.statement) ?? [];
    group.push(step);
    statements.set(step.operation.statement, group);
  }
  return [...statements.values()];
}
