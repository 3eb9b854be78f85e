import type { App, Order } from './deploy/deploy.ts';
import type { Finding, Verdict } from './finding.ts';
import type { Watch } from './frameworks/framework.ts';
import { type Judgement, judge } from './judge.ts';
import { planOf } from './plan/index.ts';
import type { Plan } from './plan/plan.ts';
import type { Reading, Unread } from './reading.ts';
import { type Rollback, rollbackOf } from './rollback.ts';
import type { Migration } from './schema/migration.ts';
import type { WindowAnswer } from './window.ts';

export interface ReviewedDeploy extends Order {
  readonly app: App;
  /** The commit that runs now. */
  readonly running: string;
}

/** The answer. Plain data; `report/` turns it into what people and machines read. */
export interface Review {
  readonly verdict: Verdict;
  readonly target: string;
  readonly base: string;
  /** Null: the work tree. */
  readonly head: string | null;
  readonly deploys: readonly ReviewedDeploy[];
  readonly migrations: readonly { readonly app: string; readonly migration: Migration }[];
  readonly windows: { readonly newCodeOldSchema: WindowAnswer; readonly oldCodeNewSchema: WindowAnswer };
  /** Can the old code come back after the migration? */
  readonly rollback: Rollback;
  readonly findings: readonly Finding[];
  /** Null: nothing to split. */
  readonly plan: Plan | null;
  readonly unread: readonly Unread[];
  /** Changed code among it, at the head: what it brings was compared with nothing. */
  readonly unreadChanges: readonly Unread[];
  /** Paths of all changed files: how large the pull request is. */
  readonly changedFiles: readonly string[];
  /** Those of them that only repeat what the migrations say, such as a schema dump. */
  readonly dumps: readonly string[];
  /** The pull request changes both a migration and code that uses its tables. */
  readonly touchesBoth: boolean;
}

/** The whole decision on one screen: what was read → what fails, what locks, how to split it. Pure: no IO, no clock. */
export function review(reading: Reading, watch: Watch): Review {
  const judged = judge(reading, watch);
  return {
    verdict: judged.verdict,
    target: reading.target,
    base: reading.base,
    head: reading.head,
    deploys: judged.deploys.map(({ app, order }) => ({ ...order, app, running: reading.running })),
    migrations: judged.apps.flatMap(({ app, migrations }) =>
      migrations.map((migration) => ({ app: app.root, migration })),
    ),
    windows: judged.windows,
    rollback: rollbackOf(judged),
    findings: judged.findings,
    plan: planOf(reading, judged, (phase) => judge(phase, watch)),
    unread: judged.unread,
    unreadChanges: judged.apps.flatMap((app) => app.unreadChanges),
    changedFiles: reading.changed.map((file) => file.path),
    dumps: judged.apps.flatMap((app) => app.dumps),
    touchesBoth: judged.apps.some(touchesBoth),
  };
}

function touchesBoth({ migrations, after }: Judgement['apps'][number]): boolean {
  const tables = new Set(migrations.flatMap((migration) => migration.operations.map((operation) => operation.table)));
  return after.references.some((reference) => reference.changed && tables.has(reference.table));
}
