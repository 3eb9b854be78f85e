import { Octokit } from '@octokit/rest';
import { notUsed } from '../read-settings.ts';
import type { Reading } from '../reading.ts';
import type { Settings } from '../settings.ts';
import { type Client, patient } from './client.ts';
import { limitedFetch } from './fetch.ts';
import { limitReached } from './github-error.ts';
import type { PullFacts } from './pull-facts.ts';
import { readFirst, readSecond } from './read.ts';

export interface PullName {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

export interface PullQuestion {
  readonly pull: PullName;
  readonly token: string | null;
  /** `https://HOST/api/v3` of a GitHub Enterprise Server. Null: github.com. */
  readonly apiUrl: string | null;
  /** In place of the target's settings. Null: those of the target. */
  readonly settings: Settings | null;
  /** The commit, branch or tag that runs now. Null: the target. */
  readonly deployed: string | null;
}

export interface ReadPull {
  readonly reading: Reading;
  /** `https://github.com/owner/name`, for permalinks. */
  readonly repositoryUrl: string | null;
}

/**
 * Reads a pull request for the command line. Writes nothing.
 * @throws GitHubError, SettingsError or ReviewError, each with one sentence
 */
export async function readPull({ pull, token, apiUrl, settings, deployed }: PullQuestion): Promise<ReadPull> {
  // GraphQL answers nobody without a token, not even about public repositories.
  if (token === null) throw limitReached('Reading a pull request needs a token: set GITHUB_TOKEN');
  const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const address = apiUrl === null ? {} : { baseUrl: apiUrl.replace(/\/+$/, '') };
  const client = patient(new Octokit({ auth: token, ...address, log: quiet, request: { fetch: limitedFetch } }));

  const facts = await askForPull(client, pull);
  const round = await readFirst(client, facts, settings);
  const running = deployed === null ? round.first.running : await commitOf(client, pull, deployed);
  const proposed = round.proposedSettings === null ? [] : [notUsed(round.proposedSettings)];
  const unread = [...round.unread, ...proposed];
  const reading = await readSecond(client, facts, { ...round, first: { ...round.first, running }, unread });
  return { reading, repositoryUrl: facts.repositoryUrl };
}

/** The commit that a name means on GitHub. */
async function commitOf(client: Client, { owner, repo }: PullName, name: string): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/compare/{basehead}';
  const { data } = await client.request(route, { owner, repo, basehead: `${name}...${name}`, per_page: 1 });
  return data.base_commit.sha;
}

/** What GitHub now says of the pull request. */
export async function askForPull(client: Client, { owner, repo, number }: PullName): Promise<PullFacts & PullState> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...{ owner, repo, pull_number: number },
  });
  if (!data.head?.sha || !data.base?.ref) throw limitReached('GitHub described the pull request without its commits');
  return {
    ...{ owner, repo, number },
    baseRef: data.base.ref,
    head: data.head.sha,
    changedFiles: data.changed_files,
    draft: data.draft ?? false,
    comments: data.comments,
    repositoryUrl: data.base.repo?.html_url ?? null,
    open: data.state === 'open',
  };
}

export interface PullState {
  readonly open: boolean;
}

function ignore(): void {}
