import type { Finding } from '../finding.ts';
import type { Evidence } from '../hazards/hazard.ts';
import type { Phase } from '../plan/plan.ts';
import type { Review, ReviewedDeploy } from '../review.ts';
import { type Operation, summarise } from '../schema/operation.ts';
import { maxEvidence } from './finding-view.ts';

/** The contract for machines: these fields, in this order, and no other. */
export function json(review: Review): string {
  const { verdict, target, base, head, windows, rollback } = review;
  const value = {
    ...{ version: 1, verdict, target, base, head },
    deploys: review.deploys.map(deployOf),
    migrations: review.migrations.map(migrationOf),
    windows: {
      newCodeOldSchema: windowOf(windows.newCodeOldSchema),
      oldCodeNewSchema: windowOf(windows.oldCodeNewSchema),
    },
    rollback: { safe: rollback.safe, reason: rollback.reason },
    findings: review.findings.map(findingOf),
    plan: review.plan && {
      phases: review.plan.phases.map(phaseOf),
      unsplit: review.plan.unsplit.map(({ at, reason }) => ({ at: placeOf(at), reason })),
    },
    unread: review.unread.map(({ path, line, reason }) => ({ path, line, reason })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function deployOf({ app, rollout, order, source, evidence, running }: ReviewedDeploy) {
  return { app: app.root, rollout, order, source, evidence: evidence.map(placeOf), running };
}

function migrationOf({ app, migration }: Review['migrations'][number]) {
  const { path, framework, database, transaction, when, operations } = migration;
  return { app, path, framework, database, transaction, when, operations: operations.map(operationOf) };
}

function operationOf(operation: Operation) {
  const { kind, table, column } = summarise(operation);
  return { kind, table, column, at: placeOf(operation.at) };
}

function windowOf({ breaks, reachable }: Review['windows']['newCodeOldSchema']) {
  return { breaks, reachable };
}

function findingOf(finding: Finding) {
  const { id, handle, hazard, risk, severity, window, rollouts, app, needs, duration } = finding;
  const evidence = finding.evidence.slice(0, maxEvidence);
  return {
    ...{ id, handle, hazard, risk, severity, window, rollouts, app },
    at: placeOf(finding.at),
    operation: finding.operation && summarise(finding.operation),
    needs: { table: needs.table, column: needs.column },
    evidence: evidence.map(evidenceOf),
    more: finding.more + finding.evidence.length - evidence.length,
    duration: duration && { seconds: duration.seconds, basis: duration.basis },
    ...{ message: finding.message, why: finding.why, remedy: finding.remedy },
  };
}

function evidenceOf({ side, at, certainty, because }: Evidence) {
  return { side, path: at.path, line: at.line, certainty, because };
}

function phaseOf({ kind, title, files, hunks, generated, mergeAfter, proof, rollback, verdict, findings }: Phase) {
  return {
    ...{ kind, title, files },
    hunks: hunks.map(({ path, patch }) => ({ path, patch })),
    generated: generated.map(({ path, content, replaces }) => ({ path, content, replaces })),
    ...{ mergeAfter, proof, rollback, verdict },
    findings: findings.map(findingOf),
  };
}

function placeOf({ path, line }: { readonly path: string; readonly line: number }) {
  return { path, line };
}
