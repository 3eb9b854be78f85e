import type { Finding } from '../finding.ts';
import type { Review } from '../review.ts';
import { clean, clip, plain } from './escape.ts';
import { isReported } from './finding-view.ts';
import { hiddenStatements } from './hidden.ts';
import type { Annotation } from './presentation.ts';

/** GitHub's limits: a title of 255 characters, a message of 64 KB. */
const maxTitle = 255;
const maxMessage = 4000;

/** One on the migration's line and one on the line of new code that shows it best; never two that say the same. */
export function annotationsOf(review: Review): readonly Annotation[] {
  const hidden = hiddenStatements(review).map(({ at, reason, whole }) => {
    const title = `This ${whole ? 'migration' : 'statement'} could not be read`;
    return annotation(at, { level: 'failure', title, message: reason });
  });
  const all = [...review.findings.filter(isReported).flatMap(ofFinding), ...hidden];
  const seen = new Map(all.map((each) => [JSON.stringify([each.path, each.line, each.message]), each] as const));
  return [...seen.values()];
}

function ofFinding(finding: Finding): readonly Annotation[] {
  const { at, handle, title, message } = finding;
  const best = finding.evidence.find((evidence) => evidence.side === 'head');
  const level = finding.severity === 'blocking' ? 'failure' : 'warning';
  return [...(best ? [best.at] : []), at].map((place) =>
    annotation(place, { level, title: `${handle}: ${title}`, message }),
  );
}

function annotation(at: Finding['at'], { level, title, message }: Omit<Annotation, 'path' | 'line'>): Annotation {
  return {
    path: at.path,
    line: at.line,
    level,
    title: clip(clean(plain(title)), maxTitle),
    message: clip(plain(message), maxMessage),
  };
}
