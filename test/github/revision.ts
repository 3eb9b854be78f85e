import { tryGit } from './git.ts';
import { notFound } from './http.ts';
import type { Repository } from './world.ts';

/**
 * The commit that a name stands for: a SHA, a branch, a tag, `refs/pull/N/head`, or `OWNER:BRANCH` of a fork.
 * @throws Refusal 404
 */
export async function commitOf(repository: Repository, name: string): Promise<string> {
  for (const candidate of candidates(repository, name)) {
    const found = await tryGit(repository.directory, 'rev-parse', '--verify', '--quiet', `${candidate}^{commit}`);
    if (found) return found.toString('utf8').trim();
  }
  throw notFound();
}

/** No revision expressions of Git beyond GitHub's own: `HEAD~1` or `:/text` is no name. */
function candidates(repository: Repository, name: string): readonly string[] {
  if (/^[0-9a-f]{7,40}$/.test(name)) return [name];
  if (name === 'HEAD') return [name];
  if (!/^[\w./:-]+$/.test(name) || name.startsWith('-')) return [];
  const [owner = '', branch] = name.split(':');
  if (branch !== undefined) {
    return [owner === repository.owner ? `refs/heads/${branch}` : `refs/forks/${owner}/${branch}`];
  }
  return name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`];
}

/** Null: the two histories have nothing in common. */
export async function mergeBase(repository: Repository, one: string, other: string): Promise<string | null> {
  const found = await tryGit(repository.directory, 'merge-base', one, other);
  return found ? found.toString('utf8').trim() : null;
}
