import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

import type { Answer, Caller } from './http.ts';
import { rateLimit } from './routes/rate.ts';

/** What is remembered of a request while it is answered. */
export interface Exchange {
  readonly method: string;
  /** Below `/api/v3`, without the query. */
  readonly path: string;
  readonly apiUrl: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
  operation: string | null;
  as: Caller['kind'] | 'refused';
  /** A fault's answer is not held against the description. */
  injected: boolean;
}

const maxBodyBytes = 25 * 1024 * 1024;

export async function readRequest(url: string, request: IncomingMessage): Promise<Exchange> {
  const { pathname, searchParams } = new URL(request.url ?? '/', url);
  const [, prefix = '', path = '/'] = /^(\/api\/v3|\/api(?=\/graphql$))?(\/.*)?$/.exec(pathname) ?? [];
  return {
    method: request.method ?? 'GET',
    path,
    apiUrl: url + prefix,
    query: Object.fromEntries(searchParams),
    body: parsed(await bytesOf(request)),
    headers: request.headers,
    operation: null,
    as: 'refused',
    injected: false,
  };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBodyBytes) throw new Error('the request is larger than GitHub takes');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Undefined: no body. A body that is no JSON comes as text, which no description allows. */
function parsed(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return bytes.toString('utf8');
  }
}

/** Sends an answer with the headers that all of GitHub's have. `used` is how many requests there have been. */
export function sendAnswer(exchange: Exchange, answer: Answer, to: { response: ServerResponse; used: number }): void {
  const { response, used } = to;
  const common = { ...commonHeaders(exchange, used), ...answer.headers };
  if (answer.raw) {
    response.writeHead(answer.status, common);
    if (Buffer.isBuffer(answer.raw)) response.end(answer.raw);
    else pipeline(answer.raw, response, () => undefined);
    return;
  }
  if (answer.body === undefined) {
    response.writeHead(answer.status, common).end();
    return;
  }
  const text = Buffer.from(JSON.stringify(answer.body));
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  const unchanged = exchange.method === 'GET' && answer.status === 200 && exchange.headers['if-none-match'] === etag;
  const type = { 'content-type': 'application/json; charset=utf-8', etag };
  response.writeHead(unchanged ? 304 : answer.status, { ...type, ...common });
  response.end(unchanged ? undefined : text);
}

function commonHeaders({ path }: Exchange, used: number): Record<string, string> {
  return {
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': `0000:${used.toString(16).toUpperCase().padStart(6, '0')}`,
    'x-ratelimit-limit': String(rateLimit),
    'x-ratelimit-remaining': String(Math.max(rateLimit - used, 0)),
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
    'x-ratelimit-resource': path === '/graphql' ? 'graphql' : 'core',
    'x-ratelimit-used': String(used),
  };
}
