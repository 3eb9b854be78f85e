import { GitHubError } from './github-error.ts';

/** Milliseconds before a pull request whose result could not be published is worked on again, where GitHub says none. */
const pauses = [15_000, 60_000, 300_000, 900_000];

/** GitHub grants requests by the hour: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const longest = 65 * 60_000;

/** Statuses that the same request may not get later. No answer, 500 and above are of this kind too. */
const passing: ReadonlySet<number> = new Set([403, 408, 429]);

/**
 * When to work again on a pull request for which not even a failure could be published: until then its head shows what
 * was said last, or nothing. Null: it is given up.
 */
export function pauseBefore(error: unknown, failures: number): number | null {
  const pause = pauses[failures - 1];
  if (pause === undefined || !(error instanceof GitHubError)) return null;
  const { status, wait } = error;
  if (status !== null && status < 500 && !passing.has(status)) return null;
  return Math.min(wait ?? pause, longest);
}
