import { changedLines } from '../../changes.ts';
import type { Location } from '../../schema/location.ts';
import type { Sides } from './deploying.ts';
import { unreachedFiles } from './freshness.ts';
import { isCode } from './wants.ts';

/** The pull request's part in the new code. */
export interface Part {
  /** The code files that it changes. */
  readonly paths: ReadonlySet<string>;
  /** Whether it adds or changes the line. */
  readonly changes: (path: string, line: number) => boolean;
  /** For a place of the new code: who wrote it, and who can reach it. */
  readonly in: (at: Location) => { readonly changed: boolean; readonly fresh: boolean };
}

export function partOf({ changed, target }: Pick<Sides, 'changed' | 'target'>): Part {
  const lines = new Map(changed.filter(({ path }) => isCode(path)).map((file) => [file.path, changedLines(file)]));
  const unreached = unreachedFiles(changed, target.paths);
  const changes = (path: string, line: number) => lines.get(path)?.has(line) ?? false;
  return {
    paths: new Set(lines.keys()),
    changes,
    in: ({ path, line }) => ({ changed: changes(path, line), fresh: unreached.has(path) }),
  };
}
