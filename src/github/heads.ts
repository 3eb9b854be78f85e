import type { PullFacts } from './pull-facts.ts';

/** A pull request by its head: other pull requests may have the same one, and then have its one check in common. */
export type OfHead = Pick<PullFacts, 'owner' | 'repo' | 'number' | 'head'>;

/** What this process knows of heads. GitHub knows it too, but each question is a request. */
export interface Heads {
  /** Takes note that a pull request has its head. */
  readonly join: (pull: OfHead) => void;
  /** The numbers of the others that had the same one. */
  readonly others: (pull: OfHead) => readonly number[];
  /** Whether this is word for word what was last put on the head, and on behalf of the same pull request. */
  readonly isSaid: (pull: OfHead, words: string) => boolean;
  readonly say: (pull: OfHead, words: string | null) => void;
  /** One after the other for each head: what is there is looked at before something is put there. */
  readonly inTurn: <Result>(pull: OfHead, work: () => Promise<Result>) => Promise<Result>;
}

interface Known {
  readonly numbers: Set<number>;
  said: string | null;
  turn: Promise<unknown>;
}

/** How many heads are remembered. */
const maxHeads = 10_000;

export function rememberHeads(): Heads {
  const heads = new Map<string, Known>();
  const known = (pull: OfHead): Known => {
    const key = `${pull.owner}/${pull.repo}@${pull.head}`.toLowerCase();
    const found = heads.get(key) ?? { numbers: new Set(), said: null, turn: Promise.resolve() };
    // The one that was asked for last is forgotten last.
    heads.delete(key);
    heads.set(key, found);
    const oldest = heads.keys().next().value;
    if (heads.size > maxHeads && oldest !== undefined) heads.delete(oldest);
    return found;
  };
  return {
    join: (pull) => void known(pull).numbers.add(pull.number),
    others: (pull) => [...known(pull).numbers].filter((number) => number !== pull.number),
    isSaid: (pull, words) => known(pull).said === `${pull.number} ${words}`,
    say: (pull, words) => {
      known(pull).said = words === null ? null : `${pull.number} ${words}`;
    },
    inTurn: (pull, work) => {
      const head = known(pull);
      const result = head.turn.then(work);
      head.turn = result.catch(() => undefined);
      return result;
    },
  };
}
