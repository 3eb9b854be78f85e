/**
 * What was read of a repository, as plain data: the input of the pure middle. `git/` and `github/` produce it, nothing
 * after them reads. It crosses a thread boundary, so it holds no functions.
 */

import type { Settings } from './settings.ts';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A file that the pull request changes. Each text is null where the file is not there (or could not be read: see `unread`). */
export interface ChangedFile {
  /** The path at the head; for a deleted file the path it had. */
  readonly path: string;
  /** The path at the base where it was renamed, else the same as `path`. */
  readonly previousPath: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
  readonly base: string | null;
  readonly head: string | null;
}

/** A place that could not be read, with the clause that says why. `line` is 1 where the whole file is meant. */
export interface Unread {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

/** First round: the changed files, enough to know which names are at stake. */
export interface FirstReading {
  readonly target: string;
  readonly base: string;
  /** Null: the work tree is the head. */
  readonly head: string | null;
  /** The commit that runs now; the target where nothing says otherwise. */
  readonly running: string;
  readonly settings: Settings;
  readonly changed: readonly ChangedFile[];
}

/** One side of the tree: every path it has, and the texts that were read of it. */
export interface Tree {
  readonly paths: readonly string[];
  readonly files: readonly SourceFile[];
}

/** Both rounds: all that a review needs. */
export interface Reading extends FirstReading {
  /** False: the first round found nothing that touches a schema or code that uses one, and the trees are empty. */
  readonly relevant: boolean;
  /** The target's tree. The new code is this with `changed` laid over it. */
  readonly targetTree: Tree;
  /** What runs now. The same value as `targetTree` where `running` is the target. */
  readonly runningTree: Tree;
  /**
   * Migrations of `runningTree` that ran on top of what its schema dump says, whatever version that has, in the order in
   * which they ran: those of the earlier phases of a plan. Left out: none.
   */
  readonly ran?: readonly string[];
  readonly unread: readonly Unread[];
}

/** Which files the second round brings: definition files whole, others where one of `names` occurs as a word. */
export interface Interest {
  /** False: nothing of the pull request touches a schema or code that uses one; there is nothing to review. */
  readonly relevant: boolean;
  readonly names: readonly string[];
  /** What is at stake goes by further names, which only the definition files tell. */
  readonly asksDefinitions: boolean;
}

/**
 * Which further names are at stake, by the definition files of a tree: asked once, within the second round, when all of
 * them have come. Null: the first round told all.
 */
export type FurtherNames = ((files: readonly SourceFile[]) => Promise<readonly string[]>) | null;

/** Every file that the second round brings is at most this long, in bytes; longer ones are `unread`. */
export const maxFileBytes = 1024 * 1024;

/** How a file is wanted in the second round, by its path alone. */
export type Want = 'whole' | 'if-named' | 'no';
