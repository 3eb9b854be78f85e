import type { Break } from '../deploy/breaks.ts';
import type { NewReference, Reference } from '../deploy/deploy.ts';
import type { Evidence } from './hazard.ts';

/** Breaks with one cause and one need: one finding. */
export interface Group<B extends Break> {
  readonly breaks: readonly [B, ...B[]];
  readonly needs: { readonly table: string; readonly column: string | null };
}

/** Gathers breaks by the operation that causes them and what is needed, in the order of first sight. */
export function grouped<B extends Break>(breaks: readonly B[]): readonly Group<B>[] {
  const groups = new Map<string, { needs: Group<B>['needs']; breaks: [B, ...B[]] }>();
  for (const each of breaks) {
    const needs = neededOf(each);
    const at = each.step?.operation.at;
    const key = JSON.stringify([each.step?.operation.kind, at?.path, at?.line, at?.column, needs.table, needs.column]);
    const group = groups.get(key);
    if (group) group.breaks.push(each);
    else groups.set(key, { needs, breaks: [each] });
  }
  return [...groups.values()];
}

/** Where a whole table comes or goes, the table is what is needed, not each of its columns. */
function neededOf({ reference, step }: Break): Group<Break>['needs'] {
  switch (step?.operation.kind) {
    case 'create-table':
    case 'drop-table':
    case 'rename-table':
    case 'create-view':
    case 'drop-view':
      return { table: reference.table, column: null };
    default:
      return { table: reference.table, column: reference.column };
  }
}

const byCertainty = { certain: 0, likely: 1, possible: 2 } as const;
const byAccess = { read: 0, write: 1, insert: 2, declare: 3 } as const;

/** Best first: what is surest, then what fails in every process. The same line counts once. */
export function evidenceOf(references: readonly Reference[], side: Evidence['side']): readonly Evidence[] {
  const sorted = [...references].sort(
    (left, right) =>
      byCertainty[left.certainty] - byCertainty[right.certainty] ||
      Number(givesNil(left)) - Number(givesNil(right)) ||
      byAccess[left.access] - byAccess[right.access] ||
      compare(left.at.path, right.at.path) ||
      left.at.line - right.at.line,
  );
  const lines = new Map<string, Evidence>();
  for (const { at, access, certainty, because, quote, untilRestart } of sorted) {
    const key = `${at.line}:${at.path}`;
    const passing = untilRestart ? { untilRestart } : {};
    if (!lines.has(key)) lines.set(key, { side, at, access, certainty, because, quote, ...passing });
  }
  return [...lines.values()];
}

/** Whether it can count: a bare match never does, and a declaration alone sends nothing to the database. */
export function isStrong({ certainty }: Pick<Reference, 'certainty'>): boolean {
  return certainty !== 'possible';
}

/** Whether only files that are new in the pull request can reach any of it. */
export function isFresh(references: readonly NewReference[]): boolean {
  return references.filter(isStrong).every((reference) => reference.fresh);
}

/** The place gives nil to whoever does not know the very name that it needs. */
function givesNil({ table, column, nilWithout }: Reference): boolean {
  return nilWithout?.some((name) => name.table === table && name.column === column) ?? false;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
