import { absent } from '../content.ts';
import type { Contents } from './blobs.ts';
import type { Repository } from './place.ts';
import { ask, demand } from './run.ts';

/**
 * What the trees of these commits name and a partial clone lacks. It must be known beforehand: git 2.39 ends with an
 * error at the first object that its remote promised and that it may not fetch. Elsewhere an absent object is only
 * reported as missing, and there is nothing to find out.
 */
export async function absentObjects(repository: Repository, commits: readonly string[]): Promise<Contents> {
  const promisor = ['config', '--name-only', '--get-regexp', '^(remote\\..*\\.promisor|extensions\\.partialclone)$'];
  const isPartial = (await ask(repository, ...promisor)).status === 0;
  if (!isPartial) return new Map();
  const listed = await demand(repository, 'rev-list', '--objects', '--no-walk', '--missing=print', ...commits);
  return new Map([...listed.matchAll(/^\?([0-9a-f]+)$/gm)].map(([, id = '']) => [id, absent]));
}
