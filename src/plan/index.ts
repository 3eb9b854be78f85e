import type { Finding } from '../finding.ts';
import type { Judgement } from '../judge.ts';
import type { Reading } from '../reading.ts';
import { withOrder } from '../settings.ts';
import { partition } from './partition.ts';
import type { Phase, Plan } from './plan.ts';
import { proofOf } from './proof.ts';
import { rewrite } from './rewrite.ts';
import { blocks, type Settled } from './settle.ts';
import { soundPhases } from './sound.ts';
import { turnsOf } from './turns.ts';
import { isNeverThere, isPending, unsplitOf } from './unsplit.ts';
import { mergeAfter, rollbackOf, titleOf } from './words.ts';

type Judge = (reading: Reading) => Judgement;

/**
 * The pull requests to split this one into, each judged over all risks by `judge`. Null: nothing to split. Pure.
 * Under an assumed order the plan is the one for a declared `rolling`, which is right for every order.
 */
export function planOf(reading: Reading, judged: Judgement, judge: Judge): Plan | null {
  const declared = reading.settings.rollouts.length > 0;
  const planned = declared ? reading : { ...reading, settings: withOrder(reading.settings, 'rolling') };
  const planning = declared ? judged : judge(planned);
  if (!planning.findings.some((finding) => isSplittable(finding, planning))) return null;

  const turns = turnsOf(planning.deploys);
  const onceDeployed = judgeOnceDeployed(planned, judge);
  const waits = onceDeployed !== null && !blocks(onceDeployed);
  const runs = planning.apps.map((app) => app.migrations);
  const parts = partition(runs, turns);
  const rewritten = rewrite(planned, planning);
  const { settled, refused } = soundPhases({ reading: planned, planning, judge, parts, rewritten, whole: waits });
  const judgements = settled.map((each) => each.judged);
  const waitsFor = waits ? reading.target : null;
  return {
    phases: settled.map((each, index) => phaseOf(each, index, { settled, judged, waitsFor })),
    waitsFor,
    unsplit: unsplitOf(judgements, { planning, onceDeployed, target: reading.target, turns, refused }),
  };
}

/** The pull request as it will be once everything merged runs; null where it does already. */
function judgeOnceDeployed(reading: Reading, judge: Judge): Judgement | null {
  const { running, target, targetTree } = reading;
  return running === target ? null : judge({ ...reading, running: target, runningTree: targetTree });
}

/** Whether a split or a recipe can help: not where the migration is merged already, nor where no order helps. */
function isSplittable(finding: Finding, planning: Judgement): boolean {
  if (finding.severity !== 'blocking' || isNeverThere(finding)) return false;
  return finding.operation === null || !isPending(finding.operation, planning);
}

interface Around {
  readonly settled: readonly Settled[];
  /** The pull request as it was judged first: where its findings got the handles that people know. */
  readonly judged: Judgement;
  readonly waitsFor: string | null;
}

function phaseOf(each: Settled, index: number, around: Around): Phase {
  const { draft, judged } = each;
  const { waitsFor } = around;
  const handles = new Map(around.judged.findings.map((finding) => [finding.id, finding.handle]));
  return {
    kind: draft.kind,
    title: titleOf(each),
    files: draft.files,
    hunks: [],
    generated: draft.generated,
    mergeAfter: mergeAfter({ number: index, draft: around.settled[index - 1]?.draft ?? null, waitsFor }, judged),
    proof: proofOf(judged.apps),
    rollback: rollbackOf(each),
    verdict: judged.verdict,
    findings: judged.findings.map((finding) => ({ ...finding, handle: handles.get(finding.id) ?? finding.handle })),
  };
}
