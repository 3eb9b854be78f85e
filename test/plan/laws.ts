import { judge } from '../../src/judge.ts';
import { overlay } from '../../src/overlay.ts';
import type { Phase, Plan } from '../../src/plan/plan.ts';
import type { ChangedFile, Reading, Tree } from '../../src/reading.ts';
import { applyAll } from '../../src/schema/apply.ts';
import type { Location } from '../../src/schema/location.ts';
import type { Operation } from '../../src/schema/operation.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { withOrder } from '../../src/settings.ts';
import { silent } from '../reading.ts';

/** Every file of a tree with its text, null where none was read, but for those whose text a plan generates. */
export function texts(tree: Tree, plan: Plan): ReadonlyMap<string, string | null> {
  const made = new Set(plan.phases.flatMap(({ generated }) => generated.map(({ path }) => path)));
  const read = new Map(tree.files.map(({ path, text }) => [path, text]));
  return new Map(tree.paths.filter((path) => !made.has(path)).map((path) => [path, read.get(path) ?? null]));
}

/** The tree at the head. */
export function headTree(reading: Reading): Tree {
  return overlay(reading.targetTree, reading.changed);
}

/** The trees that the phases leave, one laid over the other, the target's own first. */
export function phaseTrees(reading: Reading, plan: Plan): readonly Tree[] {
  const trees = [reading.targetTree];
  for (const phase of plan.phases) trees.push(overlay(trees.at(-1) as Tree, changesOf(phase, reading)));
  return trees;
}

/** The schema after the author's migrations, by app. */
export function authorSchemas(reading: Reading): ReadonlyMap<string, unknown> {
  return ends(reading, (root) => operationsOf(reading, root));
}

/** Each phase as the pull request that it would be, on what the ones before it leave, all of which runs by then. */
export function phaseReadings(reading: Reading, plan: Plan): readonly Reading[] {
  const trees = phaseTrees(reading, plan);
  return plan.phases.map((phase, index): Reading => {
    const tree = trees[index] as Tree;
    return { ...reading, changed: changesOf(phase, reading), targetTree: tree, runningTree: tree };
  });
}

/** The schema after the phases' migrations, each read as a pull request on what the phase before it leaves, by app. */
export function phaseSchemas(reading: Reading, plan: Plan): ReadonlyMap<string, unknown> {
  const phases = phaseReadings(reading, plan);
  return ends(reading, (root) => phases.flatMap((phase) => operationsOf(phase, root)));
}

/**
 * What blocks a phase that is judged again from its files alone, whatever the plan says of it, but for what is unsplit.
 * Dumps may lag behind, so each phase is told which migrations of earlier ones ran.
 */
export function stillBlocking(reading: Reading, plan: Plan): readonly string[] {
  const unsplit = new Set(plan.unsplit.map(({ at }) => placeOf(at)));
  const blocking: string[] = [];
  const ran: string[] = [];
  for (const [index, phase] of phaseReadings(underPlannedOrder(reading), plan).entries()) {
    const { apps, findings } = judge({ ...phase, ran: [...ran] }, silent);
    for (const { severity, hazard, at } of findings) {
      if (severity === 'blocking' && !unsplit.has(placeOf(at))) blocking.push(`${index + 1}: ${hazard} ${placeOf(at)}`);
    }
    ran.push(...apps.flatMap(({ migrations }) => migrations.map(({ path }) => path)));
  }
  return blocking;
}

/** Where nobody says an order, the plan is the one for a project that says it promises none. */
function underPlannedOrder(reading: Reading): Reading {
  const { settings } = reading;
  return settings.rollouts.length > 0 ? reading : { ...reading, settings: withOrder(settings, 'rolling') };
}

function placeOf({ path, line }: Location): string {
  return `${path}:${line}`;
}

function ends(reading: Reading, operations: (root: string) => readonly Operation[]): ReadonlyMap<string, unknown> {
  return new Map(
    judge(reading, silent).apps.map(({ app, before, pending }) => {
      const merged = pending.flatMap((migration) => migration.operations);
      return [app.root, plain(applyAll(before.schema, [...merged, ...operations(app.root)]))];
    }),
  );
}

function operationsOf(reading: Reading, root: string): readonly Operation[] {
  const app = judge(reading, silent).apps.find((each) => each.app.root === root);
  return app?.migrations.flatMap((migration) => migration.operations) ?? [];
}

function changesOf({ files, generated }: Phase, reading: Reading): readonly ChangedFile[] {
  const author = new Map(reading.changed.map((file) => [file.path, file]));
  const made = generated.map(({ path, content, replaces }): ChangedFile => {
    const known = replaces === null ? undefined : author.get(replaces);
    return { path, previousPath: path, status: known?.status ?? 'added', base: known?.base ?? null, head: content };
  });
  return [...files.flatMap((path) => author.get(path) ?? []), ...made];
}

/** The order of columns, indexes and constraints does not count. */
function plain({ tables, absent, enums }: Schema): unknown {
  const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();
  const unordered = [...tables.values()].map(({ indexes, foreignKeys, checks, ...table }) => ({
    ...table,
    indexes: sorted(indexes),
    foreignKeys: sorted(foreignKeys),
    checks: sorted(checks),
  }));
  return { tables: new Map(unordered.map((table) => [table.name, table])), absent, enums };
}
