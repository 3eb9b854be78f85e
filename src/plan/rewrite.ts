import type { Finding } from '../finding.ts';
import type { AppReading } from '../frameworks/framework.ts';
import type { Judgement } from '../judge.ts';
import { overlay } from '../overlay.ts';
import type { Reading, Tree } from '../reading.ts';
import type { Migration } from '../schema/migration.ts';
import type { Operation } from '../schema/operation.ts';
import type { GeneratedFile, Unsplit } from './plan.ts';
import { railsWriter } from './rails-rewritten.ts';
import type { Kitchen, Rewrite } from './recipe.ts';
import { cook } from './recipes.ts';

/** What recipes made of a pull request. */
export interface Rewritten {
  /** New texts by the path of the author's migration that they come from. */
  readonly byMigration: ReadonlyMap<string, readonly GeneratedFile[]>;
  /** Dumps that must know of a new version, by path. */
  readonly dumps: ReadonlyMap<string, GeneratedFile>;
  readonly refused: readonly Unsplit[];
}

/** Rewrites what blocks other sessions and has a recipe. What code needs is the partition's matter. */
export function rewrite(reading: Reading, { apps, findings }: Judgement): Rewritten {
  const blocked = new Set(findings.filter(isLock).map((finding) => finding.operation));
  const tree = overlay(reading.targetTree, reading.changed);
  const done = apps.map((app) => rewriteApp(app, tree, blocked));
  return {
    byMigration: new Map(done.flatMap(({ byMigration }) => [...byMigration])),
    dumps: new Map(done.flatMap(({ dumps }) => [...dumps])),
    refused: done.flatMap(({ refused }) => refused),
  };
}

function isLock(finding: Finding): boolean {
  return finding.severity === 'blocking' && finding.risk === 'lock';
}

type Blocked = ReadonlySet<Operation | null>;

function rewriteApp(app: AppReading, tree: Tree, blocked: Blocked): Rewritten {
  const texts = new Map(tree.files.map((file) => [file.path, file.text]));
  const write = railsWriter(app, tree);
  const byMigration = new Map<string, readonly GeneratedFile[]>();
  const dumps = new Map<string, GeneratedFile>();
  const refused: Unsplit[] = [];
  for (const migration of app.migrations) {
    const kitchen: Kitchen = { app, path: migration.path, text: texts.get(migration.path) ?? '' };
    const cooked = cookAll(migration, (operation) => (blocked.has(operation) ? cook(operation, kitchen) : null));
    refused.push(...cooked.refused);
    if (cooked.rewrites.length === 0) continue;
    const written = write(migration.path, cooked.rewrites);
    if (!written) refused.push(...cooked.done.map((at) => ({ at, reason: noRoom })));
    else byMigration.set(migration.path, written.files);
    for (const dump of written?.dumps ?? []) dumps.set(dump.path, dump);
  }
  return { byMigration, dumps, refused };
}

const noRoom = 'the migration’s file name leaves no version for another one after it';

/** Nobody reads a plan with more new migrations than this; what is left over keeps its finding. */
const maxRecipes = 50;

interface CookedAll {
  readonly rewrites: Rewrite[];
  /** Where the operations of `rewrites` stand. */
  readonly done: Unsplit['at'][];
  readonly refused: Unsplit[];
}

function cookAll({ operations }: Migration, attempt: (operation: Operation) => ReturnType<typeof cook>): CookedAll {
  const all: CookedAll = { rewrites: [], done: [], refused: [] };
  for (const operation of operations) {
    const full = all.rewrites.length + all.refused.length >= maxRecipes;
    const cooked = full ? null : attempt(operation);
    if (cooked?.ok) {
      all.rewrites.push(cooked.rewrite);
      all.done.push(operation.at);
    } else if (cooked) all.refused.push({ at: operation.at, reason: cooked.reason });
  }
  return all;
}
