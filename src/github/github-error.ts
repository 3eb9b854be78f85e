/** GitHub could not be read or written. The message is one sentence without payload, token or source text. */
export class GitHubError extends Error {
  /** The HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** What GitHub's support asks for; null where there was no answer. */
  readonly requestId: string | null;
  /** Milliseconds after which GitHub says that it answers again; null where it does not say. */
  readonly wait: number | null;
  /** The message without the request. */
  readonly sentence: string;

  constructor(sentence: string, answer: Answered, options?: ErrorOptions) {
    super(answer.requestId === null ? sentence : `${sentence} (request ${answer.requestId})`, options);
    this.name = 'GitHubError';
    this.sentence = sentence;
    this.status = answer.status;
    this.requestId = answer.requestId;
    this.wait = answer.wait ?? null;
  }
}

interface Answered {
  readonly status: number | null;
  readonly requestId: string | null;
  readonly wait?: number | null;
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
  /** Of an answer of GraphQL that holds errors. */
  readonly errors?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly response?: { readonly headers?: Readonly<Record<string, unknown>> };
}

/** Says in one sentence how a request failed. `request` is its method and its route, without parameters. */
export function asGitHubError(error: unknown, request: string): GitHubError {
  if (error instanceof GitHubError) return error;
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Thrown;
  if (Array.isArray(thrown.errors)) return asGraphqlError(thrown.errors, thrown.headers ?? {}, request);
  const headers = thrown.response?.headers;
  if (headers === undefined || typeof thrown.status !== 'number') {
    const answer = { status: null, requestId: null };
    return new GitHubError(`GitHub could not be reached for ${request}: ${reasonOf(thrown)}`, answer, { cause: error });
  }
  const limited = isRateLimit(thrown, headers);
  const answer = { status: thrown.status, requestId: idIn(headers), wait: limited ? waitIn(headers) : null };
  return new GitHubError(`GitHub answered ${answer.status} to ${request}${limited ? usedUp : ''}`, answer);
}

const usedUp = ': the rate limit is used up';

/** GraphQL answers 200 whatever goes wrong. Its messages may quote what was asked, so only their kind is told. */
function asGraphqlError(
  errors: readonly unknown[],
  headers: Readonly<Record<string, unknown>>,
  request: string,
): GitHubError {
  const kinds = errors.map((error) => textOf((error as { type?: unknown } | null)?.type) ?? '');
  const limited = kinds.some((kind) => /^RATE_LIMIT/.test(kind));
  const kind = kinds.find((each) => /^[A-Z_]{1,40}$/.test(each));
  const answer = { status: limited ? 429 : 200, requestId: idIn(headers), wait: limited ? waitIn(headers) : null };
  const what = limited ? usedUp : kind === undefined ? '' : ` (${kind})`;
  return new GitHubError(`GitHub answered ${request} with errors${what}`, answer);
}

function idIn(headers: Readonly<Record<string, unknown>>): string | null {
  return textOf(headers['x-github-request-id']);
}

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function waitIn(headers: Readonly<Record<string, unknown>>): number | null {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  if (seconds >= 0) return seconds * 1000;
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return headers['x-ratelimit-remaining'] === '0' && reset > 0 ? Math.max(reset * 1000 - Date.now(), 0) : null;
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
