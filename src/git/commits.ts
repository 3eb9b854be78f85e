import { GitError } from './git-error.ts';
import type { Repository } from './place.ts';
import { ask, failure } from './run.ts';

/** Revisions as they were asked for. */
export interface Asked {
  /** The target. Null: the default branch. */
  readonly base: string | null;
  /** Null: the work tree. */
  readonly head: string | null;
  /** Null: the target runs. */
  readonly deployed: string | null;
}

/** The same as full object ids. */
export interface Commits {
  readonly target: string;
  readonly base: string;
  readonly head: string | null;
  readonly running: string;
}

const unshallow = 'the clone is shallow, so run `git fetch --unshallow` first';

/** Where a pull request most likely goes, best first: what the remote calls its default, then the customary names. */
const usualTargets = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
];

/**
 * Turns revisions into commits and finds where the diff starts.
 * @throws GitError when one is not there, or target and head have no common ancestor
 */
export async function findCommits(repository: Repository, asked: Asked): Promise<Commits> {
  if (asked.head === null && repository.workTree === null) {
    throw new GitError(`${repository.directory} has no work tree to review: name a commit with --head`);
  }
  const [target, tip, running] = await Promise.all([
    asked.base === null ? usualTarget(repository) : commit(repository, '--base', asked.base),
    asked.head === null ? commit(repository, 'the work tree', 'HEAD') : commit(repository, '--head', asked.head),
    asked.deployed === null ? null : commit(repository, '--deployed', asked.deployed),
  ]);
  const base = await mergeBase(repository, target, tip);
  return { target, base, head: asked.head === null ? null : tip, running: running ?? target };
}

async function usualTarget(repository: Repository): Promise<string> {
  const candidates = repository.workTree === null ? [...usualTargets, 'HEAD'] : usualTargets;
  for (const candidate of candidates) {
    const found = await lookUp(repository, candidate);
    if (found !== null) return found;
  }
  throw new GitError(
    `${repository.directory} has neither origin/HEAD nor a branch called main or master: name the branch that the pull request goes to with --base`,
  );
}

async function commit(repository: Repository, role: string, revision: string): Promise<string> {
  const found = await lookUp(repository, revision);
  if (found !== null) return found;
  const remedy = await remedyFor(repository, revision);
  throw new GitError(`no commit \`${revision}\` (${role}) in ${repository.directory}: ${remedy}`);
}

async function remedyFor(repository: Repository, revision: string): Promise<string> {
  if (revision === 'HEAD') return 'commit something first';
  const remote = await lookUp(repository, `refs/remotes/origin/${revision}`);
  if (remote !== null) return `there is \`origin/${revision}\`, name that`;
  return repository.shallow ? unshallow : 'fetch it, or check the spelling';
}

/** `--end-of-options`: a revision that starts with a dash stays a revision. */
async function lookUp(repository: Repository, revision: string): Promise<string | null> {
  if (revision === '' || revision.includes('\0')) return null;
  const answer = await ask(repository, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  const id = answer.output.trim();
  // `^main` is one that is left out.
  return answer.status === 0 && /^[0-9a-f]+$/.test(id) ? id : null;
}

async function mergeBase(repository: Repository, target: string, tip: string): Promise<string> {
  const answer = await ask(repository, 'merge-base', target, tip);
  if (answer.status === 0) return answer.output.trim();
  if (answer.status !== 1) throw failure(repository, answer.complaint);
  const [here, there] = [target.slice(0, 12), tip.slice(0, 12)];
  const remedy = repository.shallow ? unshallow : 'name the branch that the pull request goes to with --base';
  throw new GitError(`${here} and ${there} have no common ancestor in ${repository.directory}: ${remedy}`);
}
