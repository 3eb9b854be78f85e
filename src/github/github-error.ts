/** GitHub could not be read or written. The message is one sentence without payload, token or source text. */
export class GitHubError extends Error {
  /** The HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** What GitHub's support asks for; null where there was no answer. */
  readonly requestId: string | null;
  /** The message without the request. */
  readonly sentence: string;

  constructor(sentence: string, answer: { status: number | null; requestId: string | null }, options?: ErrorOptions) {
    super(answer.requestId === null ? sentence : `${sentence} (request ${answer.requestId})`, options);
    this.name = 'GitHubError';
    this.sentence = sentence;
    this.status = answer.status;
    this.requestId = answer.requestId;
  }
}

/** A limit of Bellows itself was met while reading: there was nothing wrong with the answer. */
export function limitReached(message: string): GitHubError {
  return new GitHubError(message, { status: null, requestId: null });
}

/** What octokit throws, as far as it is looked at. */
interface Thrown {
  readonly message?: unknown;
  readonly status?: unknown;
  readonly cause?: unknown;
  readonly response?: { readonly headers?: Readonly<Record<string, unknown>> };
}

/** Says in one sentence how a request failed. `request` is its method and its route, without parameters. */
export function asGitHubError(error: unknown, request: string): GitHubError {
  if (error instanceof GitHubError) return error;
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Thrown;
  const headers = thrown.response?.headers;
  if (headers === undefined || typeof thrown.status !== 'number') {
    const answer = { status: null, requestId: null };
    return new GitHubError(`GitHub could not be reached for ${request}: ${reasonOf(thrown)}`, answer, { cause: error });
  }
  const answer = { status: thrown.status, requestId: textOf(headers['x-github-request-id']) };
  const limit = isRateLimit(thrown, headers) ? ': the rate limit is used up' : '';
  return new GitHubError(`GitHub answered ${answer.status} to ${request}${limit}`, answer);
}

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function isRateLimit({ status, message }: Thrown, headers: Readonly<Record<string, unknown>>): boolean {
  if (status !== 403 && status !== 429) return false;
  return (
    status === 429 ||
    headers['x-ratelimit-remaining'] === '0' ||
    'retry-after' in headers ||
    (typeof message === 'string' && /rate limit/i.test(message))
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The innermost reason: Node wraps `connect ECONNREFUSED …` as `fetch failed`. */
function reasonOf({ cause, message }: Thrown): string {
  if (cause instanceof Error) return reasonOf(cause);
  const code = cause ?? message;
  return typeof code === 'string' && code !== '' ? firstLine(code) : 'no reason was given';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
