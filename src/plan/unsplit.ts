import type { Finding } from '../finding.ts';
import { nameNeverThere } from '../hazards/name-never-there.ts';
import { nameRemovedInUse } from '../hazards/name-removed-in-use.ts';
import { code, needed, place } from '../hazards/words.ts';
import type { Judgement } from '../judge.ts';
import type { Location } from '../schema/location.ts';
import type { Operation } from '../schema/operation.ts';
import type { Unsplit } from './plan.ts';
import type { Turn } from './turns.ts';

/** What is known of why something stays as it is, before the phases are judged. */
export interface Reasons {
  /** The whole pull request, judged under the order that the plan is for. */
  readonly planning: Judgement;
  /** The same once everything merged runs; null where it does already. */
  readonly onceDeployed: Judgement | null;
  /** The commit that has everything merged. */
  readonly target: string;
  readonly turns: ReadonlyMap<string, Turn>;
  readonly refused: readonly Unsplit[];
}

/** Every finding that still blocks a phase, with the reason why no phase helps. Nothing is left out, whatever its risk. */
export function unsplitOf(phases: readonly Pick<Judgement, 'findings'>[], reasons: Reasons): readonly Unsplit[] {
  const authors = new Map(reasons.planning.findings.map((finding) => [finding.id, finding]));
  const left = phases.flatMap(({ findings }) => findings.filter((finding) => finding.severity === 'blocking'));
  const found = new Map<string, Unsplit>();
  // What never fits often is the shadow of another finding on the same operation, which says more.
  for (const finding of [...left].sort((one, other) => Number(isNeverThere(one)) - Number(isNeverThere(other)))) {
    // A phase may hold another text of the author's file; people read the author's own lines.
    const { at } = authors.get(finding.id) ?? finding;
    const key = JSON.stringify([at.path, at.line, at.column]);
    if (!found.has(key)) found.set(key, { at, reason: reasonOf(finding, at, reasons) });
  }
  return [...found.values()].sort((one, other) => byPlace(one.at, other.at));
}

function reasonOf(finding: Finding, at: Location, reasons: Reasons): string {
  const { operation } = finding;
  const { planning, turns, refused } = reasons;
  const recipe = refused.find((each) => samePlace(each.at, at));
  if (recipe) return recipe.reason;
  if (isNeverThere(finding)) return 'no order of pull requests helps; the code and the last schema do not fit';
  if ((operation && isPending(operation, planning)) || waitsOnly(finding, reasons)) {
    return `wait until ${code(reasons.target.slice(0, 7))}, which is merged, is deployed; there is nothing to split`;
  }
  if (operation?.kind === 'rename-column' || operation?.kind === 'rename-table') return renamed(operation.kind);
  const turn = turns.get(at.path);
  if (turn?.brings && turn.takes) {
    return `no recipe yet for a migration that new code waits for (line ${turn.brings.at.line}) and that old code does not survive (line ${turn.takes.at.line}); write it as two migrations, one before and one after the code`;
  }
  if (finding.hazard === nameRemovedInUse.id)
    return `the code before it still needs ${needed(finding.needs)}${useOf(finding)}`;
  const what = operation ? operation.kind.replaceAll('-', ' ') : 'this';
  return `no recipe yet for ${what} here; run it while the app is stopped, or write it in steps by hand`;
}

/** Whether it is over as soon as what is merged runs. */
function waitsOnly({ id }: Finding, { planning, onceDeployed }: Reasons): boolean {
  const blocksIn = ({ findings }: Judgement) => findings.some((each) => each.id === id && each.severity === 'blocking');
  return onceDeployed !== null && blocksIn(planning) && !blocksIn(onceDeployed);
}

/** Where code that must go first still uses what is taken away, and what to do about it. */
function useOf({ evidence }: Finding): string {
  const [best] = evidence;
  const steps = [
    ...(evidence.every((each) => each.untilRestart) ? [] : ['stop using it']),
    ...(evidence.some((each) => each.untilRestart)
      ? ['have the model ignore the column (`self.ignored_columns`)']
      : []),
  ];
  const why = best ? ` at ${place(evidence)}: ${best.because}` : '';
  return `${why}; ${steps.length > 0 ? steps.join(' and ') : 'stop using it'} in a pull request that goes first`;
}

function renamed(kind: 'rename-column' | 'rename-table'): string {
  return kind === 'rename-column'
    ? 'no recipe yet for a rename: old code needs the old name and new code the new one; keep the column and map the attribute in the model, or add the new column, copy the rows and drop the old one later'
    : 'no recipe yet for a rename: old code needs the old name and new code the new one; keep the table and name it in the model';
}

/** What no order excuses: see `name-never-there`. */
export function isNeverThere({ hazard }: Finding): boolean {
  return hazard === nameNeverThere.id;
}

/** Whether an operation is merged already, so that a split of this pull request cannot move it. */
export function isPending(operation: Operation, { apps }: Judgement): boolean {
  return apps.some((app) => app.pending.some((migration) => migration.operations.includes(operation)));
}

function byPlace(left: Location, right: Location): number {
  return (
    (left.path < right.path ? -1 : left.path > right.path ? 1 : 0) ||
    left.line - right.line ||
    left.column - right.column
  );
}

function samePlace(left: Location, right: Location): boolean {
  return left.path === right.path && left.line === right.line && left.column === right.column;
}
