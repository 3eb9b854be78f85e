import type { Judgement } from '../judge.ts';
import type { Reading } from '../reading.ts';
import { type Draft, joined } from './drafts.ts';
import { type Laid, laidAfter, phaseReading } from './lay.ts';

export interface Settled {
  readonly draft: Draft;
  readonly judged: Judgement;
}

interface Court {
  readonly reading: Reading;
  readonly judge: (reading: Reading) => Judgement;
  /** Whether two neighbours are known to break something when they are released together. */
  readonly apart: (left: Draft, right: Draft) => boolean;
}

/** Judges each phase on the tree that the ones before it leave, and joins neighbours that are clean together. */
export function settle(drafts: readonly Draft[], court: Court): readonly Settled[] {
  const done: Settled[] = [];
  let before: Laid | null = null;
  let rest = drafts;
  for (let draft = rest[0]; draft; draft = rest[0]) {
    const { settled, taken } = widest(rest, before, court);
    done.push(settled);
    before = laidAfter(phaseReading(settled.draft, court.reading, before), settled.judged);
    rest = rest.slice(taken);
  }
  return done;
}

/** As many phases from the front as are clean when they are one. */
function widest(drafts: readonly Draft[], before: Laid | null, court: Court): { settled: Settled; taken: number } {
  const ask = (draft: Draft): Settled => ({ draft, judged: court.judge(phaseReading(draft, court.reading, before)) });
  let taken = 1;
  let draft = drafts[0] as Draft;
  let settled: Settled | null = null;
  for (let next = drafts[taken]; next && !court.apart(draft, next); next = drafts[taken]) {
    const wider = ask(joined(draft, next));
    if (blocks(wider.judged)) break;
    settled = wider;
    draft = wider.draft;
    taken++;
  }
  return { settled: settled ?? ask(draft), taken };
}

export function blocks({ findings }: Pick<Judgement, 'findings'>): boolean {
  return findings.some((finding) => finding.severity === 'blocking');
}
