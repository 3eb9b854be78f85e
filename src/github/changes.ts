import { setTimeout as pause } from 'node:timers/promises';

import { byPath } from '../by-path.ts';
import type { ChangedFile } from '../reading.ts';
import type { Client } from './client.ts';
import { GitHubError, limitReached } from './github-error.ts';
import type { PullFacts } from './pull-facts.ts';

/** A changed file before its texts are read. */
export type Change = Pick<ChangedFile, 'path' | 'previousPath' | 'status'>;

export interface Changes {
  readonly target: string;
  /** The merge base: where the diff starts. */
  readonly base: string;
  readonly changes: readonly Change[];
}

/** A file as compare and the list of a pull request's files show it. */
export interface ListedFile {
  readonly filename: string;
  readonly status: string;
  readonly previous_filename?: string;
}

/** https://docs.github.com/rest/commits/commits#compare-two-commits: files beyond are left out without a word. */
const mostCompared = 300;

/** https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const mostListed = 3000;
const pageSize = 100;

/** Milliseconds that an event may be ahead of the commit it tells of. */
const lag = 2000;

/**
 * Which files the pull request changes, and between which commits, in one request where they are fewer than 300. The
 * target is asked for by its branch, whose tip may be newer than any event says.
 * @throws GitHubError when GitHub fails, or does not list every file
 */
export async function listChanges(client: Client, pull: PullFacts): Promise<Changes> {
  const { data } = await compare(client, pull).catch(async (error: unknown) => {
    if (!(error instanceof GitHubError) || error.status !== 404) throw error;
    await pause(lag);
    return compare(client, pull);
  });
  const compared = data.files;
  // Its first page always has them. Taken for none, they would make any pull request one that changes nothing.
  if (!compared || !data.merge_base_commit) throw limitReached('GitHub compared the commits and listed no files');
  const listed = compared.length < mostCompared ? compared : await listFiles(client, pull);
  return { target: data.base_commit.sha, base: data.merge_base_commit.sha, changes: changesOf(listed) };
}

/** The list of commits is of no use here, and one page of it is the least. */
function compare(client: Client, { owner, repo, baseRef, head }: PullFacts) {
  const basehead = `${baseRef}...${head}`;
  return client.request('GET /repos/{owner}/{repo}/compare/{basehead}', { owner, repo, basehead, per_page: 1 });
}

/** In the words of the project, by path. A copy is a new file; a file whose mode alone changes is modified. */
export function changesOf(files: readonly ListedFile[]): Change[] {
  return files
    .filter(({ status }) => status !== 'unchanged')
    .map(({ filename, status, previous_filename: previous }) => ({
      path: filename,
      previousPath: status === 'renamed' ? (previous ?? filename) : filename,
      status: statusOf(status),
    }))
    .sort(byPath);
}

function statusOf(status: string): Change['status'] {
  if (status === 'added' || status === 'copied') return 'added';
  if (status === 'removed') return 'deleted';
  return status === 'renamed' ? 'renamed' : 'modified';
}

async function listFiles(client: Client, pull: PullFacts): Promise<ListedFile[]> {
  const { owner, repo, number } = pull;
  const files: ListedFile[] = [];
  for (let page = 1; files.length < mostListed; page++) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
      ...{ owner, repo, pull_number: number, per_page: pageSize, page },
    });
    files.push(...data);
    if (data.length < pageSize) break;
  }
  if (files.length < (pull.changedFiles ?? Number.NaN) || (pull.changedFiles === null && files.length >= mostListed)) {
    throw limitReached(tooManyFiles(pull.changedFiles, files.length));
  }
  return files;
}

function tooManyFiles(all: number | null, listed: number): string {
  const count = all === null ? `at least ${listed}` : String(all);
  return `The pull request changes ${count} files and GitHub lists ${listed} of them: split it to have it reviewed`;
}
