import type { App, Order } from './deploy/deploy.ts';
import type { Finding, Verdict } from './finding.ts';
import type { Plan } from './plan/plan.ts';
import type { Unread } from './reading.ts';
import type { Migration } from './schema/migration.ts';

export interface ReviewedDeploy extends Order {
  readonly app: App;
  /** The commit that runs now. */
  readonly running: string;
}

export interface WindowAnswer {
  /** Code fails with an error there, with certain or likely evidence, whatever order and severity say. */
  readonly breaks: boolean;
  /** The order lets this mix of code and schema happen. */
  readonly reachable: boolean;
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
  /** Can the old code come back after the migration? `reason` is one sentence. */
  readonly rollback: { readonly safe: boolean; readonly reason: string };
  readonly findings: readonly Finding[];
  /** Null: nothing to split. */
  readonly plan: Plan | null;
  readonly unread: readonly Unread[];
  /** Paths of all changed files: how large the pull request is. */
  readonly changedFiles: readonly string[];
  /** The pull request changes both a migration and code that uses its tables. */
  readonly touchesBoth: boolean;
}
