import type { EditedMigration } from '../deploy/deploy.ts';
import { effectOf } from '../schema/effect.ts';
import type { Migration } from '../schema/migration.ts';
import { type Operation, summarise } from '../schema/operation.ts';
import type { Hazard, Problem } from './hazard.ts';
import { code, step } from './words.ts';

export const mergedMigrationEdited = {
  id: 'merged-migration-edited',
  title: 'A migration that ran already does something else now',
  risk: 'process',
  why: 'It does not run again: databases where it ran keep what it did, and only new ones get what it says now.',

  *find({ edited }) {
    for (const each of edited) {
      const found = each.after && problem(each, each.after);
      if (found) yield found;
    }
  },
} as const satisfies Hazard;

/** Null where it still does the same, in whatever words, or nobody can tell what it did. */
function problem({ before }: EditedMigration, after: Migration): Problem | null {
  if (before.operations.some((each) => each.kind === 'opaque' && each.hidesSchemaChange)) return null;
  const [added] = without(after.operations, before.operations);
  const [removed] = without(before.operations, after.operations);
  const operation = added ?? removed;
  if (!operation) return null;
  const { table, column, name } = summarise(operation);
  const what = added
    ? `${step(added)} is not carried out where it ran`
    : `what ${step(operation)} did stays where it ran`;
  const at = added?.at ?? { path: after.path, line: 1, column: 1 };
  return {
    severity: 'note',
    window: null,
    at,
    operation,
    needs: { table: table ?? name ?? '', column },
    evidence: [],
    duration: null,
    harm: 'databases differ by the day on which they were made',
    message: `${code(after.path)} ran already and does not run again: ${what}.`,
    remedy: 'Leave it as it was, and write what is new in another migration.',
  };
}

function without(operations: readonly Operation[], others: readonly Operation[]): readonly Operation[] {
  const known = new Set(others.map(effectOf));
  return operations.filter((operation) => !known.has(effectOf(operation)));
}
