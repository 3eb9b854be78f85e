import { createHash } from 'node:crypto';

import type { Deploy } from '../deploy/deploy.ts';
import type { Finding } from '../finding.ts';
import { summarise } from '../schema/operation.ts';
import type { Facts, Hazard, Problem, Risk, Severity } from './hazard.ts';
import { hazards } from './index.ts';

/** At most this many pieces of evidence stand in a finding; `more` counts the rest. */
const shownEvidence = 20;

/** What all hazards find in all deploys. One harm in several rollouts is one finding: that of the worst ones. */
export function findingsOf(deploys: readonly Deploy[], facts: Facts): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const deploy of deploys) {
    for (const hazard of hazards) {
      for (const problem of hazard.find(deploy, facts)) {
        const finding = ruled(named(problem, hazard, deploy), facts);
        const known = found.get(finding.id);
        found.set(finding.id, known ? merged(known, finding) : finding);
      }
    }
  }
  return numbered([...found.values()].sort(worstFirst));
}

function named(problem: Problem, hazard: Hazard, deploy: Deploy): Finding {
  const evidence = problem.evidence.slice(0, shownEvidence);
  return {
    ...problem,
    evidence,
    more: problem.evidence.length - evidence.length,
    id: idOf(problem, hazard.id, deploy.app.root),
    handle: '',
    hazard: hazard.id,
    title: hazard.title,
    risk: hazard.risk,
    why: hazard.why,
    ruled: null,
    rollouts: deploy.order.rollout === null ? [] : [deploy.order.rollout],
    app: deploy.app.root,
  };
}

/** Of names only, never of lines or paths, so that a rebase or a rename of the file leaves it as it is. */
function idOf(problem: Problem, hazard: string, app: string): string {
  const operation = problem.operation && summarise(problem.operation);
  const parts = [app, hazard, operation, problem.needs.table, problem.needs.column, problem.window];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

const rank: Record<Severity, number> = { blocking: 0, warning: 1, note: 2 };
const letters: Record<Risk, string> = { compatibility: 'B', lock: 'L', data: 'D', process: 'P' };

/** In the rollouts where it is less severe it is another story, which its message does not tell. */
function merged(known: Finding, next: Finding): Finding {
  if (known.severity !== next.severity) return rank[next.severity] < rank[known.severity] ? next : known;
  return { ...known, rollouts: [...new Set([...known.rollouts, ...next.rollouts])] };
}

/**
 * The project's own severity, in the rollout at hand. What is a note by itself cannot happen there, is small or is a bare
 * match: no setting makes more of it.
 */
function ruled(finding: Finding, { settings }: Facts): Finding {
  const severity = settings.hazards[finding.hazard]?.severity ?? null;
  if (severity === null || severity === finding.severity) return finding;
  if (severity === 'off') return { ...finding, ruled: severity, severity: 'note' };
  return finding.severity === 'note' ? finding : { ...finding, ruled: severity, severity };
}

/** Of the notes, one of a window tells what cannot happen: what does comes first. */
function worstFirst(left: Finding, right: Finding): number {
  return (
    rank[left.severity] - rank[right.severity] ||
    (left.severity === 'note' ? Number(left.window !== null) - Number(right.window !== null) : 0) ||
    letters[left.risk].localeCompare(letters[right.risk], 'en') ||
    (left.id < right.id ? -1 : 1)
  );
}

function numbered(findings: readonly Finding[]): readonly Finding[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const letter = letters[finding.risk];
    const count = (counts.get(letter) ?? 0) + 1;
    counts.set(letter, count);
    return { ...finding, handle: `${letter}${count}` };
  });
}
