import { setTimeout as pause } from 'node:timers/promises';

import type { Octokit } from '@octokit/rest';

import { asGitHubError, type GitHubError } from './github-error.ts';

/** Octokit as far as it is used here: Probot's and that of `@octokit/rest` both fit. */
export type Client = Pick<Octokit, 'request' | 'graphql' | 'hook' | 'auth'>;

/** Milliseconds to wait before each further attempt. */
const usualPauses: readonly number[] = [500, 2000];

/** A gateway that lost the answer. 500 is not among them: GitHub repeats it. */
const passing: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * Gives a client our own retries and errors: every failed request becomes a `GitHubError`. A request that must not be
 * sent twice, since GitHub may have done it and only the answer was lost, says so with `request: { once: true }`.
 */
export function patient(client: Client, pauses: readonly number[] = usualPauses): Client {
  client.hook.wrap('request', (request, options) => {
    const described = `${options.method} ${options.url}`;
    const once = options.request?.once === true;
    return attempt(() => Promise.resolve(request(options)), { described, pauses: once ? [] : pauses });
  });
  return client;
}

interface Attempts {
  readonly described: string;
  readonly pauses: readonly number[];
}

/**
 * Sends until it works, fails for good or the pauses are used up. What is a `GitHubError` already was tried enough.
 * @throws GitHubError
 */
export async function attempt<Answer>(send: () => Promise<Answer>, attempts: Attempts): Promise<Answer> {
  const { described, pauses } = attempts;
  for (const milliseconds of pauses) {
    try {
      return await send();
    } catch (error) {
      const failure = asGitHubError(error, described);
      if (failure === error || !mayPass(failure)) throw failure;
      await pause(milliseconds);
    }
  }
  return send().catch((error: unknown) => {
    throw asGitHubError(error, described);
  });
}

/** No answer at all may be a passing fault too. */
function mayPass({ status }: GitHubError): boolean {
  return status === null || passing.has(status);
}
