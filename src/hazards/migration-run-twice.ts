import { timelineOf } from '../deploy/timeline.ts';
import { applyAll } from '../schema/apply.ts';
import { effectsOf } from '../schema/effect.ts';
import type { Migration } from '../schema/migration.ts';
import { type Operation, summarise } from '../schema/operation.ts';
import { firstRefused } from './already.ts';
import type { Hazard, Problem } from './hazard.ts';
import { code, step } from './words.ts';

export const migrationRunTwice = {
  id: 'migration-run-twice',
  title: 'A migration that ran already has a new version and runs again',
  risk: 'process',
  why: 'Only the version tells the runner what ran; a second run finds what the first one made, and the deploy stops there.',

  *find(deploy) {
    const ran = new Map(
      deploy.edited.flatMap(({ before, after }) =>
        after === null ? [[effectsOf(before.operations), before] as const] : [],
      ),
    );
    if (ran.size === 0) return;
    let schema = timelineOf({ ...deploy, migrations: [] }).last;
    for (const migration of deploy.migrations) {
      const first = ran.get(effectsOf(migration.operations));
      const refused = first ? firstRefused(migration.operations, schema) : null;
      if (first && refused) yield problem(migration, first, refused);
      schema = applyAll(schema, migration.operations);
    }
  },
} as const satisfies Hazard;

function problem(again: Migration, first: Migration, operation: Operation): Problem {
  const { table, column, name } = summarise(operation);
  return {
    severity: 'warning',
    window: null,
    at: operation.at,
    operation,
    needs: { table: table ?? name ?? '', column },
    evidence: [],
    duration: null,
    harm: 'the deploy stops in a migration that ran before',
    message: `What ran as version ${code(first.version)} runs again as ${code(again.version)} and stops at ${step(operation)}, which is done already (${code(`${operation.at.path}:${operation.at.line}`)}).`,
    remedy: 'Keep the version that ran, or have the migration do only what is not done yet.',
  };
}
