import { byPath } from '../by-path.ts';
import { type Change, readRawDiff } from './change.ts';
import { measure } from './measure.ts';
import type { Repository } from './place.ts';
import { ask, demand } from './run.ts';

/** More renamed files than this on each side are only paired where their content is the same. */
const renameLimit = 1000;

/**
 * The files that differ between two commits, renames paired.
 * @throws GitError when a tree is absent or has too many paths
 */
export async function commitChanges(repository: Repository, base: string, head: string): Promise<readonly Change[]> {
  // Folders that hold each other's names many times over make more paths than any disk holds: comparing would not end.
  await measure(repository, 'ls-tree', '-r', '-z', '--name-only', '--full-tree', head);
  const command = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-ext-diff', `-l${renameLimit}`];
  const similar = await ask(repository, ...command, '-M', base, head);
  // To tell how similar two files are, git must have both. A partial clone may lack one: then only the ids are compared.
  const output = similar.status === 0 ? similar.output : await demand(repository, ...command, '-M100%', base, head);
  return [...readRawDiff(output)].sort(byPath);
}
