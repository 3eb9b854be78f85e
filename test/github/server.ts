import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { answerProblem, requestProblem } from './contract.ts';
import { authorise, identify } from './credentials.ts';
import { type Exchange, readRequest, sendAnswer } from './exchange.ts';
import type { FaultBook } from './faults.ts';
import { type Answer, Refusal } from './http.ts';
import { match } from './router.ts';
import { archive } from './routes/git.ts';
import { graphql } from './routes/graphql.ts';
import type { World } from './world.ts';

/** One request to the API, in the order of their answers. */
export interface LedgerEntry {
  readonly method: string;
  /** Below `/api/v3`, without the query. */
  readonly path: string;
  readonly query: string;
  /** The endpoint as GitHub's description names it; `null`: the stand-in lacks it. */
  readonly operation: string | null;
  readonly status: number;
  readonly as: Exchange['as'];
}

/** A request or an answer that GitHub's description forbids, or an endpoint that the stand-in lacks. */
export interface Violation {
  readonly kind: 'unknown-endpoint' | 'request' | 'answer' | 'payload';
  readonly what: string;
  readonly message: string;
}

export interface Records {
  readonly ledger: LedgerEntry[];
  readonly violations: Violation[];
  readonly faults: FaultBook;
}

export function createApi(world: () => World, records: Records): Server {
  return createServer((request, response) => {
    serve(world(), records, { request, response }).catch((error: unknown) => {
      // Whoever hung up in the middle of a request did nothing that GitHub forbids.
      if (request.socket.destroyed) return;
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      records.violations.push({ kind: 'answer', what: `${request.method} ${request.url}`, message });
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: 'The stand-in failed' }));
    });
  });
}

async function serve(
  world: World,
  records: Records,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const exchange = await readRequest(world.url, request);
  const struck = await records.faults.strike(exchange.method, exchange.path);
  if (struck === 'drop') {
    records.ledger.push(entry(exchange, 0));
    response.destroy();
    return;
  }
  exchange.injected = struck !== null;
  const answer =
    struck ?? (await answerTo(world, records, exchange).catch((error) => refused(records, exchange, error)));
  check(records, exchange, answer);
  records.ledger.push(entry(exchange, answer.status));
  sendAnswer(exchange, answer, { response, used: records.ledger.length });
}

async function answerTo(world: World, records: Records, exchange: Exchange): Promise<Answer> {
  const { method, path, query, body, headers } = exchange;
  const download = method === 'GET' ? archive(world, path, query.token) : null;
  if (download) {
    exchange.operation = 'GET /codeload';
    exchange.as = 'anonymous';
    return download;
  }
  const isGraphql = method === 'POST' && isGraphqlAddress(world, exchange);
  const found = isGraphql ? null : match(method, path);
  exchange.operation = isGraphql ? 'POST /graphql' : (found?.route.operation ?? null);
  if (!exchange.operation) {
    records.violations.push({ kind: 'unknown-endpoint', what: `${method} ${path}`, message: 'the stand-in lacks it' });
    return { status: 501, body: { message: `The stand-in lacks ${method} ${path}` } };
  }
  const { caller, token } = identify(world, headers.authorization);
  exchange.as = caller.kind;
  if (!found) return graphql({ world, caller, token, body: object(body) });

  const { route, params } = found;
  authorise(world, { method, needs: route.needs, params, caller, token });
  const problem = requestProblem(route.operation, { params, query, body });
  if (problem) throw new Refusal(422, `Invalid request.\n\n${problem}`, { mistake: true });
  const { accept = '' } = headers;
  return route.answer({ ...exchange, world, params, body: object(body), accept, caller });
}

/** `/graphql`, or `/api/graphql` on an Enterprise server; never below `/api/v3`. */
function isGraphqlAddress({ url }: World, { path, apiUrl }: Exchange): boolean {
  return path === '/graphql' && (apiUrl === url || apiUrl === `${url}/api`);
}

function object(body: unknown): Readonly<Record<string, unknown>> {
  return body !== null && typeof body === 'object' ? (body as Record<string, unknown>) : {};
}

function refused(records: Records, exchange: Exchange, error: unknown): Answer {
  if (!(error instanceof Refusal)) throw error;
  const { status, message, errors, mistake } = error;
  const what = exchange.operation ?? `${exchange.method} ${exchange.path}`;
  const said = errors.length > 0 ? `${message} ${JSON.stringify(errors)}` : message;
  if (mistake) records.violations.push({ kind: 'request', what, message: said });
  // GraphQL answers 200 and says in `errors` what was wrong.
  if (status === 200) return { status, body: { errors: [{ message }] } };
  const documentation = { documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return { status, body: { message, ...(errors.length > 0 ? { errors } : {}), ...documentation } };
}

function check(records: Records, { operation, injected }: Exchange, { status, body, raw }: Answer): void {
  const described = operation && !['GET /codeload', 'POST /graphql'].includes(operation);
  if (!described || injected || raw) return;
  const problem = answerProblem(operation, status, body);
  if (problem) records.violations.push({ kind: 'answer', what: operation, message: problem });
}

function entry({ method, path, query, operation, as }: Exchange, status: number): LedgerEntry {
  return { method, path, query: new URLSearchParams(query).toString(), operation, status, as };
}
