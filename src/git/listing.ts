import { byPath } from '../by-path.ts';
import type { Side } from './change.ts';
import type { Repository } from './place.ts';
import { demand } from './run.ts';

/** A path of a commit's tree. */
export interface Entry extends Side {
  readonly path: string;
}

/**
 * Every path of a commit.
 * @throws GitError when a tree is absent
 */
export async function listTree(repository: Repository, commit: string): Promise<readonly Entry[]> {
  return entriesIn(await demand(repository, 'ls-tree', '-r', '-z', '--full-tree', commit)).sort(byPath);
}

/** One path of a commit, null where it has none. */
export async function entryAt(repository: Repository, commit: string, path: string): Promise<Entry | null> {
  return entriesIn(await demand(repository, 'ls-tree', '-z', '--full-tree', commit, path))[0] ?? null;
}

/** Each is `<mode> <type> <id>`, a tab, the path. */
function entriesIn(output: string): Entry[] {
  return output.split('\0').flatMap((line) => {
    const tab = line.indexOf('\t');
    const [mode = '', , id = ''] = line.slice(0, Math.max(tab, 0)).split(' ');
    return id === '' ? [] : [{ path: line.slice(tab + 1), mode, id }];
  });
}
