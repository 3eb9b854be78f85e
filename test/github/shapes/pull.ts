import { changedPaths } from '../diff.ts';
import { gitText } from '../git.ts';
import { mergeBase } from '../revision.ts';
import type { Pull, Repository, World } from '../world.ts';
import { type Json, nodeId, userShape } from './account.ts';
import { apiOf, htmlOf, repositoryShape } from './repository.ts';

/** A pull request as `GET /pulls/N` and webhooks show it. `headSha` differs from the pull's while GitHub lags behind. */
export async function pullShape(
  world: World,
  repository: Repository,
  pull: Pull,
  headSha = pull.headSha,
): Promise<Json> {
  return { ...simplePullShape(world, repository, pull, headSha), ...(await counts(repository, pull, headSha)) };
}

/** The same as the list of pull requests shows it: without what would have to be counted. */
export function simplePullShape(world: World, repository: Repository, pull: Pull, headSha = pull.headSha): Json {
  return {
    ...links(world, repository, pull, headSha),
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    active_lock_reason: null,
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    user: userShape(world, pull.author),
    author_association: 'CONTRIBUTOR',
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: null,
    merge_commit_sha: null,
    auto_merge: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    head: side(world, { repo: headRepository(world, repository, pull), ...pull.head, sha: headSha }),
    base: side(world, {
      repo: repositoryShape(world, repository),
      owner: repository.owner,
      branch: pull.base,
      sha: pull.baseSha,
    }),
  };
}

function side(world: World, of: { repo: Json | null; owner: string; branch: string; sha: string }): Json {
  const { repo, owner, branch, sha } = of;
  return { label: `${owner}:${branch}`, ref: branch, sha, user: userShape(world, owner), repo };
}

function headRepository(world: World, repository: Repository, { head }: Pull): Json | null {
  if (head.deleted) return null;
  if (head.owner === repository.owner) return repositoryShape(world, repository);
  return repositoryShape(world, { ...repository, id: repository.id + 500_000, owner: head.owner }, true);
}

function links(world: World, repository: Repository, { number }: Pull, headSha: string): Json {
  const api = apiOf(world, repository);
  const url = `${api}/pulls/${number}`;
  const issue = `${api}/issues/${number}`;
  const html = `${htmlOf(world, repository)}/pull/${number}`;
  const all = {
    comments: `${issue}/comments`,
    commits: `${url}/commits`,
    review_comment: `${api}/pulls/comments{/number}`,
    review_comments: `${url}/comments`,
    statuses: `${api}/statuses/${headSha}`,
  };
  const reference = Object.entries({ self: url, html, issue, ...all });
  return {
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    ...Object.fromEntries(Object.entries(all).map(([name, href]) => [`${name}_url`, href])),
    _links: Object.fromEntries(reference.map(([name, href]) => [name, { href }])),
  };
}

async function counts(repository: Repository, pull: Pull, headSha: string): Promise<Json> {
  const from = await mergeBase(repository, pull.baseSha, headSha);
  const files = from ? await changedPaths(repository.directory, from, headSha) : [];
  const commits = await gitText(repository.directory, 'rev-list', '--count', `${pull.baseSha}..${headSha}`);
  return {
    changed_files: files.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    commits: Number(commits),
    comments: [...repository.comments.values()].filter((comment) => comment.issue === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: pull.head.owner !== repository.owner,
    mergeable: null,
    mergeable_state: 'unknown',
    rebaseable: null,
    merged: false,
    merged_by: null,
  };
}
