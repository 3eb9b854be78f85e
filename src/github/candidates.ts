import { namesOccur } from '../names.ts';

export interface Candidate {
  readonly path: string;
  readonly bytes: Buffer;
}

export interface Candidates {
  readonly hold: (path: string, bytes: Buffer) => void;
  /** Those where one of the names occurs. All are let go. */
  readonly release: (names: readonly string[]) => readonly Candidate[];
  /** The first file that was not held since there was no room left. Null: all were. */
  readonly refused: () => string | null;
}

/**
 * Code files in which no name at stake has occurred so far. An archive comes once and in the order of its paths, with the
 * controllers before the models that tell what else they may call the table, so they wait until it has ended. At most
 * `limit` bytes of them.
 */
export function candidatesUpTo(limit: number): Candidates {
  let held: Candidate[] = [];
  let bytesHeld = 0;
  let refused: string | null = null;
  return {
    hold: (path, bytes) => {
      if (refused !== null || bytesHeld + bytes.length > limit) {
        refused ??= path;
        return;
      }
      bytesHeld += bytes.length;
      // A copy of its own: a view into what was unpacked would keep everything around it.
      held.push({ path, bytes: Buffer.from(bytes) });
    },
    release: (names) => {
      const isNamedIn = namesOccur(names);
      const named = held.filter(({ bytes }) => isNamedIn(bytes));
      held = [];
      return named;
    },
    refused: () => refused,
  };
}
