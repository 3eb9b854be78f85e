import type { Verdict } from '../finding.ts';
import { hasMarker } from '../report/marker.ts';
import type { Client } from './client.ts';
import type { PullFacts } from './pull-facts.ts';

/** Who we are on GitHub. The slug costs a request, so it is asked for only where the number does not tell. */
export interface Identity {
  readonly appId: number;
  readonly slug: () => Promise<string>;
}

export interface OwnComment {
  readonly id: number;
  readonly body: string;
}

/** A comment as GitHub lists it, as far as it is looked at. */
export interface ListedComment {
  readonly id: number | bigint;
  readonly body?: string | undefined;
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly performed_via_github_app?: { readonly id: number | bigint } | null | undefined;
}

const pageSize = 100;

/**
 * Our newest comment on a pull request, null where there is none. All of its comments are looked through.
 * @throws GitHubError
 */
export async function findComment(client: Client, pull: PullFacts, app: Identity): Promise<OwnComment | null> {
  const { owner, repo, number } = pull;
  let newest: OwnComment | null = null;
  for (let page = 1; ; page++) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...{ owner, repo, issue_number: number, per_page: pageSize, page },
    });
    for (const comment of data) {
      if (await isOurs(comment, app)) newest = { id: Number(comment.id), body: comment.body ?? '' };
    }
    if (data.length < pageSize) return newest;
  }
}

/** By the hidden marker and the author: anybody can paste a marker. */
export async function isOurs(comment: ListedComment, { appId, slug }: Identity): Promise<boolean> {
  if (!hasMarker(comment.body ?? '')) return false;
  if (comment.performed_via_github_app) return Number(comment.performed_via_github_app.id) === appId;
  return comment.user?.type === 'Bot' && comment.user.login === `${await slug()}[bot]`;
}

export type Step =
  | { readonly kind: 'none' }
  | { readonly kind: 'create'; readonly body: string }
  | { readonly kind: 'edit'; readonly id: number; readonly body: string };

export interface Said {
  /** Null: there is nothing to say. */
  readonly body: string | null;
  readonly verdict: Verdict;
  readonly draft: boolean;
}

/**
 * What to do so that the pull request says `said`. An edit notifies nobody, so a pull request that was safe and is not
 * any more gets a new comment. A draft is not commented; what already stands there is kept true.
 */
export function reconcile(found: (OwnComment & { verdict: Verdict | null }) | null, said: Said): Step {
  const { body, verdict, draft } = said;
  if (body === null || body === found?.body) return { kind: 'none' };
  const turned = found?.verdict === 'safe' && verdict === 'unsafe';
  if (found !== null && (draft || !turned)) return { kind: 'edit', id: found.id, body };
  return draft ? { kind: 'none' } : { kind: 'create', body };
}

/** @throws GitHubError */
export async function writeComment(client: Client, { owner, repo, number }: PullFacts, step: Step): Promise<void> {
  if (step.kind === 'edit') {
    await client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...{ owner, repo, comment_id: step.id, body: step.body },
    });
  } else if (step.kind === 'create') {
    await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...{ owner, repo, issue_number: number, body: step.body },
      request: { once: true },
    });
  }
}
