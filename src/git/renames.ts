import { byPath } from '../by-path.ts';
import type { Content } from '../content.ts';
import type { Change } from './change.ts';

/** The share of its length that a file must keep to count as moved: the measure of git and of GitHub. */
const leastSimilarity = 0.5;

/** With more pairs than this only files of the same content are paired. */
const maxPairs = 2500;

/** The different lines of a text, each with the length that all of its occurrences have together. */
type Lines = ReadonlyMap<string, number>;

/** Pairs deleted with added files of a work tree, which git can only do for commits. */
export function pairRenames(changes: readonly Change[], contents: ReadonlyMap<string, Content>): readonly Change[] {
  const gone = changes.filter((change) => change.head === null);
  const come = changes.filter((change) => change.base === null);
  /** Where each new path came from. */
  const origins = new Map<Change, Change>([...sameContent(gone, come)]);
  const moved = new Set(origins.values());
  const left = gone.filter((change) => !moved.has(change));
  for (const [to, from] of similarContent(left, withoutOrigin(come, origins), contents)) {
    origins.set(to, from);
    moved.add(from);
  }
  const merged = changes
    .filter((change) => !moved.has(change))
    .map((change) => withOrigin(change, origins.get(change)));
  return merged.sort(byPath);
}

function withoutOrigin(changes: readonly Change[], origins: ReadonlyMap<Change, Change>): readonly Change[] {
  return changes.filter((change) => !origins.has(change));
}

function withOrigin(change: Change, origin: Change | undefined): Change {
  return origin ? { ...change, previousPath: origin.path, base: origin.base } : change;
}

function* sameContent(gone: readonly Change[], come: readonly Change[]): Generator<[to: Change, from: Change]> {
  const byId = new Map(gone.map((change) => [change.base?.id, change]));
  for (const to of come) {
    const from = byId.get(to.head?.id);
    if (from) yield [to, from];
    byId.delete(to.head?.id);
  }
}

function* similarContent(
  gone: readonly Change[],
  come: readonly Change[],
  contents: ReadonlyMap<string, Content>,
): Generator<[to: Change, from: Change]> {
  if (gone.length * come.length > maxPairs) return;
  const before = gone.map((change) => ({ change, lines: linesOf(contents.get(change.base?.id ?? '')) }));
  const after = come.map((change) => ({ change, lines: linesOf(contents.get(change.head?.id ?? '')) }));
  const pairs = before.flatMap((from) => after.map((to) => ({ from, to, share: shared(from.lines, to.lines) })));
  const taken = new Set<Change>();
  for (const { from, to, share } of pairs.sort((one, other) => other.share - one.share)) {
    if (share < leastSimilarity || taken.has(from.change) || taken.has(to.change)) continue;
    taken.add(from.change).add(to.change);
    yield [to.change, from.change];
  }
}

/** The part of the longer text that both have. */
function shared(before: Lines, after: Lines): number {
  let common = 0;
  for (const [line, length] of before) common += Math.min(length, after.get(line) ?? 0);
  return common / Math.max(total(before), total(after), 1);
}

function total(lines: Lines): number {
  let sum = 0;
  for (const length of lines.values()) sum += length;
  return sum;
}

function linesOf(content: Content | undefined): Lines {
  const lengths = new Map<string, number>();
  for (const line of content?.text?.split('\n') ?? []) lengths.set(line, (lengths.get(line) ?? 0) + line.length + 1);
  return lengths;
}
