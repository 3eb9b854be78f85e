import type { Finding } from '../finding.ts';
import type { Risk, Severity } from '../hazards/hazard.ts';
import type { Review } from '../review.ts';
import type { Previous } from './presentation.ts';

const letters: Record<Risk, string> = { compatibility: 'B', lock: 'L', data: 'D', process: 'P' };
const bySeverity: Record<Severity, number> = { blocking: 0, warning: 1, note: 2 };
const byRisk: Record<Risk, number> = { compatibility: 0, lock: 1, data: 2, process: 3 };

/**
 * Gives every finding its handle and returns them worst first. A finding keeps the handle that its id had before; a new one
 * takes the next number that no finding of this pull request ever had.
 */
export function giveHandles(findings: readonly Finding[], previous: Previous | null): Finding[] {
  return named(findings, handlesOf(worstFirst(findings), previous));
}

/** The review with handles. A finding has one wherever it stands: also in the phase of the plan that keeps it. */
export function nameFindings(review: Review, previous: Previous | null): Review {
  const { plan } = review;
  const inPhases = plan?.phases.flatMap((phase) => phase.findings) ?? [];
  const handles = handlesOf([...worstFirst(review.findings), ...inPhases], previous);
  const phases = plan?.phases.map((phase) => ({ ...phase, findings: named(phase.findings, handles) })) ?? [];
  return { ...review, findings: named(review.findings, handles), plan: plan && { ...plan, phases } };
}

function named(findings: readonly Finding[], handles: ReadonlyMap<string, string>): Finding[] {
  return worstFirst(findings).map((finding) => ({ ...finding, handle: handles.get(finding.id) ?? finding.handle }));
}

function handlesOf(findings: readonly Finding[], previous: Previous | null): ReadonlyMap<string, string> {
  const handles = new Map(Object.entries(previous?.handles ?? {}).map(([handle, id]) => [id, handle]));
  const last = new Map<string, number>();
  for (const handle of handles.values()) {
    last.set(handle.charAt(0), Math.max(last.get(handle.charAt(0)) ?? 0, Number(handle.slice(1)) || 0));
  }
  for (const { id, risk } of findings) {
    if (handles.has(id)) continue;
    const number = (last.get(letters[risk]) ?? 0) + 1;
    last.set(letters[risk], number);
    handles.set(id, `${letters[risk]}${number}`);
  }
  return handles;
}

function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (left, right) => bySeverity[left.severity] - bySeverity[right.severity] || byRisk[left.risk] - byRisk[right.risk],
  );
}
