import { changedPaths } from '../diff.ts';
import { gitText } from '../git.ts';
import { type Call, page, Refusal, type Route, repositoryOf } from '../http.ts';
import { commitOf, mergeBase } from '../revision.ts';
import { commitShape, diffEntryShape } from '../shapes/commit.ts';
import { apiOf, htmlOf } from '../shapes/repository.ts';

/** GitHub lists at most this many files, on the first page only, and this many commits where no page is asked for. */
const maxFiles = 300;
const maxCommits = 250;

export const compareRoutes: readonly Route[] = [
  { operation: 'GET /repos/{owner}/{repo}/compare/{basehead}', needs: { contents: 'read' }, answer: compare },
];

async function compare(call: Call) {
  const { world, params, query } = call;
  const repository = repositoryOf(call);
  const { directory } = repository;
  const [baseName = '', headName = ''] = (params.basehead ?? '').split('...');
  const [base, head] = await Promise.all([commitOf(repository, baseName), commitOf(repository, headName)]);
  const from = await mergeBase(repository, base, head);
  if (!from) throw new Refusal(404, `No common ancestor between ${baseName} and ${headName}.`);

  const [behind = 0, ahead = 0] = (await gitText(directory, 'rev-list', '--left-right', '--count', `${base}...${head}`))
    .split('\t')
    .map(Number);
  const list = await gitText(directory, 'rev-list', '--reverse', '--topo-order', `${base}..${head}`);
  const commits = list.split('\n').filter(Boolean);
  const paged = query.page !== undefined || query.per_page !== undefined;
  const { items, headers } = paged ? page(call, commits) : { items: commits.slice(0, maxCommits), headers: {} };
  const first = Number(query.page ?? 1) <= 1;
  const files = first ? (await changedPaths(directory, from, head)).slice(0, maxFiles) : [];

  const html = `${htmlOf(world, repository)}/compare/${baseName}...${headName}`;
  const body = {
    url: `${apiOf(world, repository)}/compare/${baseName}...${headName}`,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: await commitShape(world, repository, base),
    merge_base_commit: await commitShape(world, repository, from),
    status: relation(ahead, behind),
    ahead_by: ahead,
    behind_by: behind,
    total_commits: commits.length,
    commits: await Promise.all(items.map((sha) => commitShape(world, repository, sha))),
    ...(first ? { files: files.map((file) => diffEntryShape(world, repository, head, file)) } : {}),
  };
  return { status: 200, body, headers };
}

function relation(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}
