import type { Finding } from '../finding.ts';
import { isStrong } from '../hazards/evidence.ts';
import type { Review } from '../review.ts';

/** The review without what the settings switch off: of that nobody is told. */
export function forPeople(review: Review): Review {
  return keeping(review, (finding) => finding.ruled !== 'off');
}

/**
 * The review with as much of that as the contract for machines asks for: where a window breaks there is a finding with
 * that window, whatever the settings say.
 */
export function forMachines(review: Review): Review {
  return keeping(
    review,
    ({ ruled, window, evidence }) => ruled !== 'off' || (window !== null && evidence.some(isStrong)),
  );
}

function keeping(review: Review, isKept: (finding: Finding) => boolean): Review {
  const { plan } = review;
  const phases = plan?.phases.map((phase) => ({ ...phase, findings: phase.findings.filter(isKept) })) ?? [];
  return { ...review, findings: review.findings.filter(isKept), plan: plan && { ...plan, phases } };
}
