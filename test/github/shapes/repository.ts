import type { Repository, World } from '../world.ts';
import { type Json, longAgo, nodeId, userShape } from './account.ts';

export function apiOf(world: World, { owner, name }: Pick<Repository, 'owner' | 'name'>): string {
  return `${world.url}/api/v3/repos/${owner}/${name}`;
}

export function htmlOf(world: World, { owner, name }: Pick<Repository, 'owner' | 'name'>): string {
  return `${world.url}/${owner}/${name}`;
}

const repositoryLinks: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

type NamedRepository = Pick<Repository, 'id' | 'owner' | 'name' | 'private' | 'defaultBranch'>;

export function repositoryShape(world: World, repository: NamedRepository, fork = false): Json {
  const api = apiOf(world, repository);
  const html = htmlOf(world, repository);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    owner: userShape(world, repository.owner),
    fork,
    url: api,
    html_url: html,
    ...Object.fromEntries(Object.entries(repositoryLinks).map(([name, rest]) => [name, api + rest])),
    clone_url: `${html}.git`,
    git_url: `${html}.git`,
    ssh_url: `git@127.0.0.1:${repository.owner}/${repository.name}.git`,
    svn_url: html,
    default_branch: repository.defaultBranch,
    ...repositoryFacts,
  };
}

/** What the description requires and no test asks about. */
const repositoryFacts: Json = {
  description: null,
  homepage: null,
  language: null,
  license: null,
  mirror_url: null,
  created_at: longAgo,
  updated_at: longAgo,
  pushed_at: longAgo,
  size: 0,
  forks: 0,
  forks_count: 0,
  stargazers_count: 0,
  watchers: 0,
  watchers_count: 0,
  open_issues: 0,
  open_issues_count: 0,
  network_count: 0,
  subscribers_count: 0,
  archived: false,
  disabled: false,
  has_discussions: false,
  has_downloads: true,
  has_issues: true,
  has_pages: false,
  has_projects: false,
  has_wiki: false,
  is_template: false,
  web_commit_signoff_required: false,
  allow_forking: true,
  topics: [],
};
