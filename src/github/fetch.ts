/** Milliseconds that one request may take, its answer's body included. Octokit has no limit of its own. */
const requestLimit = 30_000;

/** Milliseconds without a byte after which a download is given up. */
const idleLimit = 30_000;

/** Milliseconds that a whole download may take. */
const downloadLimit = 300_000;

const maxRedirects = 3;

/** The version whose answers this code was written for; without it GitHub chooses one. */
const apiVersion = '2022-11-28';

/**
 * `fetch` for Octokit: with a time limit, and the whole answer read before it returns, since Octokit takes a body that
 * breaks off for an empty one.
 */
export async function limitedFetch(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const signal = anyOf([init.signal, AbortSignal.timeout(requestLimit)]);
  const response = await fetch(url, { ...init, headers: withVersion(init.headers), signal });
  const body = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  if (response.ok && !looksWhole(Buffer.from(body))) throw new Error('its answer is no JSON');
  return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
}

/** Octokit hands on as text what it cannot parse. Looking at both ends is enough for a page of HTML or half an answer. */
function looksWhole(body: Buffer): boolean {
  const text = `${body.subarray(0, 100)}${body.subarray(-100)}`.trim();
  return /^(\{.*\}|\[.*\])$/s.test(text);
}

/**
 * `fetch` for a download: redirects are followed by hand, since the place that serves archives must never see our
 * token, and the body is a stream that fails when it stalls.
 */
export async function downloadFetch(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const stalled = new AbortController();
  const timer = setTimeout(
    () => stalled.abort(new Error(`nothing arrived for ${idleLimit / 1000} s`)),
    idleLimit,
  ).unref();
  const signal = anyOf([init.signal, stalled.signal, AbortSignal.timeout(downloadLimit)]);
  try {
    const response = await follow(new URL(urlOf(url)), { ...init, headers: withVersion(init.headers), signal });
    const body = response.body?.pipeThrough(watched(timer)) ?? null;
    if (body === null) clearTimeout(timer);
    return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
  } catch (error) {
    clearTimeout(timer);
    throw error;
  }
}

async function follow(start: URL, init: RequestInit): Promise<Response> {
  let url = start;
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const response = await fetch(url, { ...init, headers: headersFor(url, start, init.headers), redirect: 'manual' });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    url = new URL(location, url);
    if (start.protocol === 'https:' && url.protocol !== 'https:') throw new Error('a redirect leaves https');
  }
  throw new Error(`more than ${maxRedirects} redirects`);
}

function headersFor(url: URL, start: URL, given: RequestInit['headers']): Headers {
  const headers = new Headers(given);
  if (url.host !== start.host) headers.delete('authorization');
  return headers;
}

/** Each chunk starts the idle time anew. */
function watched(timer: NodeJS.Timeout): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      timer.refresh();
      controller.enqueue(chunk);
    },
    flush: () => clearTimeout(timer),
  });
}

function withVersion(given: RequestInit['headers']): Headers {
  const headers = new Headers(given);
  if (!headers.has('x-github-api-version')) headers.set('x-github-api-version', apiVersion);
  return headers;
}

function anyOf(signals: readonly (AbortSignal | null | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal instanceof AbortSignal));
}

function urlOf(url: string | URL | Request): string {
  return url instanceof Request ? url.url : String(url);
}
