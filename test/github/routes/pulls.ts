import { changedPaths } from '../diff.ts';
import { type Call, notFound, numberOf, page, type Route, repositoryOf } from '../http.ts';
import { mergeBase } from '../revision.ts';
import { diffEntryShape } from '../shapes/commit.ts';
import { pullShape, simplePullShape } from '../shapes/pull.ts';
import type { Pull, Repository } from '../world.ts';

/** GitHub lists no more files of a pull request than this. */
const maxFiles = 3_000;

export const pullRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/pulls',
    needs: { pull_requests: 'read' },
    answer: (call) => {
      const repository = repositoryOf(call);
      const { items, headers } = page(call, [...repository.pulls.values()].filter(asked(call)).reverse());
      return { status: 200, body: items.map((pull) => simplePullShape(call.world, repository, pull)), headers };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    needs: { pull_requests: 'read' },
    answer: async (call) => {
      const repository = repositoryOf(call);
      const pull = pullOf(call, repository);
      return { status: 200, body: await pullShape(call.world, repository, pull, visibleHead(pull)) };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
    needs: { pull_requests: 'read' },
    answer: async (call) => {
      const repository = repositoryOf(call);
      const { baseSha, headSha } = pullOf(call, repository);
      const from = await mergeBase(repository, baseSha, headSha);
      const files = from ? await changedPaths(repository.directory, from, headSha) : [];
      const { items, headers } = page(call, files.slice(0, maxFiles));
      return { status: 200, body: items.map((file) => diffEntryShape(call.world, repository, headSha, file)), headers };
    },
  },
];

function pullOf(call: Call, repository: Repository): Pull {
  const pull = repository.pulls.get(numberOf(call, 'pull_number'));
  if (!pull) throw notFound();
  return pull;
}

function asked({ query }: Call): (pull: Pull) => boolean {
  const { state = 'open', base, head } = query;
  return (pull) =>
    (state === 'all' || pull.state === state) &&
    (base === undefined || pull.base === base) &&
    (head === undefined || `${pull.head.owner}:${pull.head.branch}` === head);
}

/** The previous head for as many reads as the fault says, as when a webhook is faster than GitHub's replicas. */
function visibleHead(pull: Pull): string {
  if (!pull.stale) return pull.headSha;
  const { headSha } = pull.stale;
  pull.stale.left -= 1;
  if (pull.stale.left <= 0) pull.stale = null;
  return headSha;
}
