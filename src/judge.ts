import type { Deploy } from './deploy/deploy.ts';
import { ordersOf, reach } from './deploy/order.ts';
import { timelineOf } from './deploy/timeline.ts';
import type { Finding, Verdict } from './finding.ts';
import type { AppReading, Watch } from './frameworks/framework.ts';
import { frameworks } from './frameworks/index.ts';
import { isStrong } from './hazards/evidence.ts';
import { findingsOf } from './hazards/find.ts';
import type { Window } from './hazards/hazard.ts';
import type { Reading, Unread } from './reading.ts';
import type { WindowAnswer } from './window.ts';

/** What is known before any plan is made: the same question is asked of the pull request and of each phase of its plan. */
export interface Judgement {
  readonly apps: readonly AppReading[];
  readonly deploys: readonly Deploy[];
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** A statement may change an existing table in a way that nobody can read here. */
  readonly hidesSchemaChange: boolean;
  readonly windows: { readonly newCodeOldSchema: WindowAnswer; readonly oldCodeNewSchema: WindowAnswer };
  readonly unread: readonly Unread[];
}

/** Judges what was read. Pure: no IO, no clock. */
export function judge(reading: Reading, watch: Watch): Judgement {
  const apps = reading.relevant ? frameworks.flatMap((framework) => framework.read(reading, watch)) : [];
  const orders = ordersOf(reading.settings);
  const deploys = apps.flatMap((app) => orders.map((order): Deploy => ({ ...app, order })));
  const findings = findingsOf(deploys, {
    settings: reading.settings,
    oldSide: reading.running === reading.target ? 'target' : 'deployed',
  });
  const hidden = deploys.some(hidesSchemaChange);
  return {
    apps,
    deploys,
    findings,
    verdict: verdictOf(findings, hidden),
    hidesSchemaChange: hidden,
    windows: {
      newCodeOldSchema: answer('new-code-old-schema', findings, deploys),
      oldCodeNewSchema: answer('old-code-new-schema', findings, deploys),
    },
    unread: unreadOf(reading, apps),
  };
}

/** The first that applies. */
export function verdictOf(findings: readonly Pick<Finding, 'severity'>[], unreadable: boolean): Verdict {
  if (findings.some((finding) => finding.severity === 'blocking')) return 'unsafe';
  if (unreadable) return 'unreadable';
  return findings.some((finding) => finding.severity === 'warning') ? 'caution' : 'safe';
}

/** Whether a statement of this pull request may change an existing table in a way that nobody can read here. */
export function hidesSchemaChange(deploy: Deploy): boolean {
  const before = timelineOf({ ...deploy, migrations: [] }).last;
  const created = new Set(
    deploy.migrations.flatMap((migration) =>
      migration.operations.flatMap((operation) => (operation.kind === 'create-table' ? [operation.table] : [])),
    ),
  );
  const isNew = (table: string) => created.has(table) && !before.tables.has(table);
  return deploy.migrations.some((migration) =>
    migration.operations.some(
      (operation) =>
        operation.kind === 'opaque' &&
        operation.hidesSchemaChange &&
        !(operation.table !== null && isNew(operation.table)),
    ),
  );
}

function answer(window: Window, findings: readonly Finding[], deploys: readonly Deploy[]): WindowAnswer {
  const key = window === 'new-code-old-schema' ? 'newCodeOldSchema' : 'oldCodeNewSchema';
  return {
    breaks: findings.some((finding) => finding.window === window && finding.evidence.some(isStrong)),
    reachable: deploys.some(({ order, migrations }) => {
      const places = migrations.length > 0 ? migrations.map((migration) => migration.when) : (['unstated'] as const);
      return places.some((when) => reach(order.order, when)[key]);
    }),
  };
}

function unreadOf(reading: Reading, apps: readonly AppReading[]): readonly Unread[] {
  const opaque = apps.flatMap((app) =>
    app.migrations.flatMap((migration) =>
      migration.operations.flatMap((operation) =>
        operation.kind === 'opaque'
          ? [{ path: operation.at.path, line: operation.at.line, reason: operation.reason }]
          : [],
      ),
    ),
  );
  const seen = new Set<string>();
  return [...reading.unread, ...apps.flatMap((app) => app.unread), ...opaque].filter((each) => {
    const key = JSON.stringify(each);
    return !seen.has(key) && seen.add(key);
  });
}
