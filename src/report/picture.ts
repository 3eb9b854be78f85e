import type { Finding } from '../finding.ts';
import type { Review, ReviewedDeploy } from '../review.ts';
import type { DeployOrder } from '../settings.ts';
import { clip, plain } from './escape.ts';
import { isReported } from './finding-view.ts';
import { whoOf } from './order-words.ts';
import { sentence } from './words.ts';

export interface Box {
  readonly id: string;
  /** Lines of text, raw. */
  readonly lines: readonly string[];
  readonly breaks: boolean;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly words: string;
}

/** What runs on what while the release rolls out: at most four boxes. */
export interface Picture {
  readonly who: string;
  readonly description: string;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly works: string | null;
  readonly broken: string | null;
}

type State = 'old-old' | 'new-old' | 'old-new' | 'new-new' | 'stopped';

const words: Record<State, readonly string[]> = {
  'old-old': ['old code', 'old schema'],
  'new-old': ['new code', 'old schema'],
  'old-new': ['old code', 'new schema'],
  'new-new': ['new code', 'new schema'],
  stopped: ['no code runs', 'the schema changes'],
};

interface Move {
  readonly from: State;
  readonly to: State;
  readonly step: string;
}

const routes: Record<DeployOrder, readonly Move[]> = {
  'code-first': [
    { from: 'old-old', to: 'new-old', step: '1. restart' },
    { from: 'new-old', to: 'new-new', step: '2. migrate' },
  ],
  'migrations-first': [
    { from: 'old-old', to: 'old-new', step: '1. migrate' },
    { from: 'old-new', to: 'new-new', step: '2. restart' },
  ],
  rolling: [
    { from: 'old-old', to: 'new-old', step: 'restart' },
    { from: 'old-old', to: 'old-new', step: 'migrate' },
    { from: 'new-old', to: 'new-new', step: 'migrate' },
    { from: 'old-new', to: 'new-new', step: 'restart' },
  ],
  offline: [
    { from: 'old-old', to: 'stopped', step: '1. stop' },
    { from: 'stopped', to: 'new-new', step: '2. start' },
  ],
};

/** The rollout in which the worst of the findings happens; null where a picture would show nothing. */
export function pictureOf(review: Review): Picture | null {
  const worst = review.findings.find((finding) => isReported(finding) && isSeen(finding));
  const deploy = worst && review.deploys.find((each) => isOf(worst, each));
  if (!worst || !deploy) return null;
  const findings = review.findings.filter((finding) => isReported(finding) && isSeen(finding) && isOf(finding, deploy));
  const route = routes[deploy.order];
  const states = [...new Set(route.flatMap(({ from, to }) => [from, to]))];
  const idOf = (state: State) => `s${states.indexOf(state) + 1}`;
  const boxes = states.map((state) => ({ id: idOf(state), ...boxOf(state, findings) }));
  const ids = (breaks: boolean) =>
    boxes
      .filter((box) => box.breaks === breaks)
      .map((box) => box.id)
      .join(',') || null;
  return {
    who: whoOf(deploy, review.deploys),
    description: describe(boxes),
    boxes,
    arrows: route.map(({ from, to, step }) => ({ from: idOf(from), to: idOf(to), words: arrowWords(step, findings) })),
    works: ids(false),
    broken: ids(true),
  };
}

function isSeen({ risk, window }: Finding): boolean {
  return risk === 'lock' || (risk === 'compatibility' && window !== null);
}

function isOf(finding: Finding, deploy: ReviewedDeploy): boolean {
  const rollout = finding.rollouts.length === 0 || finding.rollouts.includes(deploy.rollout ?? '');
  return rollout && finding.app === deploy.app.root;
}

const windowOf: Partial<Record<State, Finding['window']>> = {
  'new-old': 'new-code-old-schema',
  'old-new': 'old-code-new-schema',
};

function boxOf(state: State, findings: readonly Finding[]): Omit<Box, 'id'> {
  const window = windowOf[state];
  const harm = window && findings.find((finding) => finding.window === window);
  const last = state === 'stopped' ? [] : [harm ? short(harm.harm) : 'works'];
  return { lines: [...words[state], ...last], breaks: harm !== undefined };
}

/** A lock is felt while the migration runs, whichever code runs then. */
function arrowWords(step: string, findings: readonly Finding[]): string {
  const lock = step.endsWith('migrate') && findings.find((finding) => finding.risk === 'lock');
  return lock ? `${step}: ${short(lock.harm)}` : step;
}

function short(harm: string): string {
  return clip(plain(harm), 70);
}

function describe(boxes: readonly Box[]): string {
  const broken = boxes
    .filter((box) => box.breaks)
    .map((box) => `with ${box.lines.slice(0, 2).join(' on the ')}, ${box.lines[2]}`);
  return broken.length > 0 ? sentence(broken.join('; ')) : 'The code works, and the migration holds a lock.';
}

/** A quoted label of the picture's language: what it would read as markup, a directive or a formula becomes an entity. */
export function label(text: string): string {
  return plain(text)
    .replaceAll('$', '＄')
    .replaceAll(/[^\p{L}\p{N}\p{M} .,:()/_'＄…-]/gu, (each) => `#${each.codePointAt(0)};`);
}

/** For the picture's title and description, which know no entities. */
export function caption(text: string): string {
  return clip(plain(text).replaceAll(/[^\p{L}\p{N} .,()/_-]/gu, ' '), 160);
}
