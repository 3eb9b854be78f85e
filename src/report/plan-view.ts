import type { Phase, Plan } from '../plan/plan.ts';
import type { Review } from '../review.ts';
import type { Place, Places } from './places.ts';
import { count, list, named, sentence } from './words.ts';

export interface GeneratedView {
  readonly path: string;
  readonly language: string;
  /** Null where it is too long to be read here, such as a schema dump. */
  readonly content: string | null;
  readonly lines: string;
  /** What the pull request does with it, names between backticks. */
  readonly words: string;
}

export interface PhaseView {
  readonly number: number;
  readonly kind: string;
  readonly title: string;
  readonly mergeAfter: string;
  readonly proof: string | null;
  readonly rollback: string;
  readonly verdict: string;
  readonly files: readonly { readonly path: string; readonly part: boolean }[];
  readonly moreFiles: string | null;
  readonly generated: readonly GeneratedView[];
  /** The handles of what still stands in this phase. */
  readonly handles: string | null;
}

export interface PlanView {
  readonly intro: string;
  readonly phases: readonly PhaseView[];
  readonly unsplit: readonly { readonly place: Place; readonly reason: string }[];
}

export function planView(review: Review, places: Places, withCode: boolean): PlanView | null {
  const { plan } = review;
  if (!plan || plan.phases.length === 0) return null;
  return {
    intro: `${introOf(plan)}${plan.phases.length > 1 && keepsCode(plan, review) ? ' No line of your code changes.' : ''}`,
    phases: plan.phases.map((phase, index) => phaseView(phase, index + 1, withCode ? review.dumps : null)),
    unsplit: plan.unsplit.map(({ at, reason }) => ({ place: places.head(at), reason })),
  };
}

function introOf({ phases, unsplit, waitsFor }: Plan): string {
  if (waitsFor) return `Wait until ${named(waitsFor.slice(0, 7))} is deployed; there is nothing to split.`;
  const requests = count(phases.length, 'pull request');
  if (phases.length === 1 && phases[0]?.generated.length === 0) return 'No split makes it safe yet.';
  if (unsplit.length > 0 || phases.some((phase) => phase.verdict === 'unsafe')) {
    return `The way out is ${requests}, and a part that no split makes safe.`;
  }
  return `The way out is ${requests}${phases.length === 1 ? ' with another migration' : ''}.`;
}

/** Whether the author's own lines stay as they are: only migrations are new or have another text. */
function keepsCode(plan: Plan, review: Review): boolean {
  const migrations = review.migrations.map(({ migration }) => migration.path);
  const isCode = (path: string) => !migrations.includes(path) && !review.dumps.includes(path);
  return plan.phases.every((phase) => phase.generated.every(({ replaces }) => replaces === null || !isCode(replaces)));
}

/** More files than this are counted, not listed. */
const maxFiles = 12;

/** `unshown` are generated files whose text says nothing to a reader; null: none of the generated texts is shown. */
function phaseView(phase: Phase, number: number, unshown: readonly string[] | null): PhaseView {
  const parts = new Set(phase.hunks.map((hunk) => hunk.path));
  const paths = [...new Set([...phase.files, ...parts, ...phase.generated.map((file) => file.path)])];
  const handles = phase.findings.filter((finding) => finding.severity !== 'note').map((finding) => finding.handle);
  return {
    number,
    kind: `${phase.kind.charAt(0).toUpperCase()}${phase.kind.slice(1)}`,
    title: sentence(phase.title),
    mergeAfter: sentence(phase.mergeAfter),
    proof: phase.proof === '' ? null : phase.proof,
    rollback: sentence(phase.rollback),
    verdict: phase.verdict,
    files: paths.slice(0, maxFiles).map((path) => ({ path, part: parts.has(path) })),
    moreFiles: paths.length > maxFiles ? count(paths.length - maxFiles, 'other') : null,
    generated: unshown ? phase.generated.filter(({ path }) => !unshown.includes(path)).map(generatedView) : [],
    handles: phase.verdict !== 'safe' && handles.length > 0 ? list(handles, 6) : null,
  };
}

function generatedView({ path, content, replaces }: Phase['generated'][number]): GeneratedView {
  const extension = /\.([a-z0-9]+)$/.exec(path)?.[1] ?? '';
  const words =
    replaces === null
      ? `adds ${named(path)}`
      : replaces === path
        ? `has another ${named(path)}`
        : `has ${named(path)} in place of ${named(replaces)}`;
  const lines = count(content.split('\n').length - 1, 'line');
  const shown = content.length > maxContent ? null : content;
  return { path, content: shown, lines, words, language: languages[extension] ?? extension };
}

/** About 200 lines: longer than any migration that is written by hand. */
const maxContent = 8000;

const languages: Readonly<Record<string, string>> = { rb: 'ruby', py: 'python', ts: 'typescript', js: 'javascript' };
