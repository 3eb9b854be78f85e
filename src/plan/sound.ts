import type { Judgement } from '../judge.ts';
import type { Reading } from '../reading.ts';
import { applyAll, replay } from '../schema/apply.ts';
import type { Migration } from '../schema/migration.ts';
import type { Operation } from '../schema/operation.ts';
import { hasTable, type Schema } from '../schema/schema.ts';
import { type Draft, draftsOf, joined } from './drafts.ts';
import type { Part } from './partition.ts';
import type { Unsplit } from './plan.ts';
import type { Rewritten } from './rewrite.ts';
import { sameSchema } from './same-schema.ts';
import { type Settled, settle } from './settle.ts';

/** All that phases are made of. */
export interface Material {
  /** The pull request under the order that the plan is for. */
  readonly reading: Reading;
  readonly planning: Judgement;
  readonly judge: (reading: Reading) => Judgement;
  readonly parts: ReadonlyMap<string, Part>;
  readonly rewritten: Rewritten;
  /** Nothing is gained by a split. */
  readonly whole: boolean;
}

interface Sound {
  readonly settled: readonly Settled[];
  readonly refused: readonly Unsplit[];
}

/** The boldest phases that end at the author's own schema: with recipes, without them, the pull request as it is. */
export function soundPhases(material: Material): Sound {
  const { planning, rewritten, parts } = material;
  const { refused } = rewritten;
  if (rewritten.byMigration.size > 0) {
    const settled = phasesOf(material);
    if (endsTheSame(settled, planning)) return { settled, refused };
  }
  const plain = { ...material, rewritten: { byMigration: new Map(), dumps: new Map(), refused } };
  const kept = [...refused, ...keptBack(material)];
  const settled = phasesOf(plain);
  if (parts.size === 0 || endsTheSame(settled, planning)) return { settled, refused: kept };
  return { settled: phasesOf({ ...plain, parts: new Map() }), refused: kept };
}

const buildsOnIt = 'a later step of the pull request builds on it, so it cannot run last';

function keptBack({ planning, rewritten }: Material): readonly Unsplit[] {
  return planning.findings.flatMap(({ operation }) =>
    operation && rewritten.byMigration.has(operation.at.path) ? [{ at: operation.at, reason: buildsOnIt }] : [],
  );
}

function phasesOf({ reading, planning, judge, parts, rewritten, whole }: Material): readonly Settled[] {
  const drafts = draftsOf(reading.changed, { apps: planning.apps, parts, rewritten });
  return settle(whole ? [drafts.reduce(joined)] : drafts, { reading, judge, apart: apartBy(planning) });
}

/** A migration and the code that it breaks when both are released at once are never one phase; no need to judge that again. */
function apartBy({ findings, apps }: Judgement): (left: Draft, right: Draft) => boolean {
  const broken = new Set(
    findings.flatMap(({ severity, window, operation }) => (severity === 'blocking' && window ? [operation] : [])),
  );
  const breaking = new Set(
    apps
      .flatMap((app) => app.migrations)
      .flatMap(({ operations, path }) => (operations.some((each) => broken.has(each)) ? [path] : [])),
  );
  const holds = ({ files, generated }: Draft) =>
    files.some((path) => breaking.has(path)) || generated.some(({ path }) => breaking.has(path));
  return (left, right) => (right.kind === 'switch' && holds(left)) || (left.kind === 'switch' && holds(right));
}

function endsTheSame(settled: readonly Settled[], planning: Judgement): boolean {
  return planning.apps.every(({ app, before, pending, migrations }) => {
    const start = applyAll(before.schema, operationsOf(pending));
    const own = settled.flatMap(
      ({ judged }) => judged.apps.find((each) => each.app.root === app.root)?.migrations ?? [],
    );
    const [theirs, ours] = [operationsOf(migrations), operationsOf(own)];
    return (
      sameSchema(applyAll(start, theirs), applyAll(start, ours)) &&
      (keysFindTables(start, ours) || !keysFindTables(start, theirs))
    );
  });
}

/** Whether both tables of every foreign key are there when it is added: a fold leaves out what a database fails at. */
function keysFindTables(start: Schema, operations: readonly Operation[]): boolean {
  for (const { operation, schema } of replay(start, operations)) {
    if (operation.kind !== 'add-foreign-key') continue;
    const tables = [operation.table, operation.foreignKey.toTable];
    if (!tables.every((table) => hasTable(schema, table))) return false;
  }
  return true;
}

function operationsOf(migrations: readonly Migration[]): readonly Operation[] {
  return migrations.flatMap((migration) => migration.operations);
}
