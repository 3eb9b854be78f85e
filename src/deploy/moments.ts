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

/** A schema that other sessions can see, and the steps that led to it from the one before. */
export interface Moment {
  readonly schema: Schema;
  readonly steps: readonly Step[];
}

/**
 * Every schema that code can meet while the deploy rolls out, oldest first; the first is what is there now. Where DDL
 * commits by itself each statement makes a moment, elsewhere the end of the migration's transaction does. Worked out once
 * per deploy.
 */
export const moments: (deploy: Deploy) => readonly Moment[] = oncePerDeploy(momentsOf);

function momentsOf(deploy: Deploy): readonly Moment[] {
  const groups = [
    ...deploy.pending.flatMap((migration) => visibleSteps(migration, true)),
    ...deploy.migrations.flatMap((migration) => visibleSteps(migration, false)),
  ];
  const all = groups.flat().map((step) => step.operation);
  let schema = foresee(deploy.before.schema, all);
  const found: Moment[] = [{ schema, steps: [] }];
  for (const steps of groups) {
    schema = applyAll(
      schema,
      steps.map((step) => step.operation),
    );
    found.push({ schema, steps });
  }
  return found;
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
