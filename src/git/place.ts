import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { GitError } from './git-error.ts';
import { ask, demand, type Place } from './run.ts';

export interface Repository extends Place {
  readonly gitDirectory: string;
  /** Some history was never fetched. */
  readonly shallow: boolean;
}

/**
 * Finds the repository that a directory is in: its work tree, a folder of it, its `.git`, or a bare one.
 * @throws GitError when there is none, or git refuses it because another user owns it
 */
export async function findRepository(directory: string): Promise<Repository> {
  const start = { directory: resolve(directory), gitDirectory: null, workTree: null, overrides: [] };
  const entry = await stat(start.directory).catch(() => null);
  if (!entry?.isDirectory()) {
    throw new GitError(`${start.directory} is no directory: name a git repository with --repo`);
  }
  // The path comes last, since it is the only answer that may hold a line break.
  const found = await ask(start, 'rev-parse', '--is-inside-work-tree', '--is-shallow-repository', '--absolute-git-dir');
  if (found.status !== 0) throw refusal(start.directory, found.complaint);

  const [inside = '', shallow = '', ...path] = found.output.replace(/\n$/, '').split('\n');
  const workTree = inside === 'true' ? (await demand(start, 'rev-parse', '--show-toplevel')).replace(/\n$/, '') : null;
  const gitDirectory = path.join('\n');
  const shallowly = shallow === 'true';
  return { directory: workTree ?? gitDirectory, gitDirectory, workTree, overrides: [], shallow: shallowly };
}

function refusal(directory: string, complaint: string): GitError {
  if (complaint.includes('dubious ownership') || complaint.includes('unsafe repository')) {
    return new GitError(
      `git does not trust ${directory}, which belongs to another user: if you do, run \`git config --global --add safe.directory <its path>\``,
    );
  }
  if (complaint.includes('safe.bareRepository')) {
    return new GitError(
      `git is set to refuse bare repositories (safe.bareRepository): name a work tree of ${directory} instead`,
    );
  }
  return new GitError(`${directory} is in no git repository: name one with --repo`);
}
