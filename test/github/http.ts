import type { Readable } from 'node:stream';

import type { Permissions, Repository, World } from './world.ts';

/** Who asks. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'app' }
  | { readonly kind: 'installation' | 'person'; readonly permissions: Permissions };

/** One request, as a route sees it. */
export interface Call {
  readonly world: World;
  readonly method: string;
  /** Below `/api/v3`, without the query. */
  readonly path: string;
  /** Where the API begins for this caller: links in answers lead back there. */
  readonly apiUrl: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly accept: string;
  readonly caller: Caller;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: Buffer | Readable;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A route of the API. `operation` is its name in GitHub's description, which request and answer are held against. */
export interface Route {
  readonly operation: string;
  readonly needs: Needs;
  readonly answer: (call: Call) => Answer | Promise<Answer>;
}

/**
 * `app`: the App's own JWT. `token`: any other token. Else permissions on the repository named in the path; any one of
 * them is enough.
 */
export type Needs = 'app' | 'token' | Permissions;

/** An answer that ends the request from anywhere inside a route. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly unknown[];
  /** What was asked breaks a rule that the description does not state: the caller's mistake, which fails the test. */
  readonly mistake: boolean;

  constructor(status: number, message: string, more: { errors?: readonly unknown[]; mistake?: boolean } = {}) {
    super(message);
    this.status = status;
    this.errors = more.errors ?? [];
    this.mistake = more.mistake ?? false;
  }
}

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** The repository that the path names. The server has already refused callers who may not see it. */
export function repositoryOf({ world, params }: Call): Repository {
  const repository = world.repositories.get(`${params.owner}/${params.repo}`.toLowerCase());
  if (!repository) throw notFound();
  return repository;
}

/** A whole number from the path. */
export function numberOf(call: Call, name: string): number {
  const value = Number(call.params[name]);
  if (!Number.isSafeInteger(value)) throw notFound();
  return value;
}

const defaultPageSize = 30;
const maxPageSize = 100;

/** One page of a list, with the `link` header that leads to the others. */
export function page<T>(call: Call, items: readonly T[]): { readonly items: readonly T[]; readonly headers: Headers } {
  const size = Math.min(Math.max(Number(call.query.per_page ?? defaultPageSize), 1), maxPageSize);
  const current = Math.max(Number(call.query.page ?? 1), 1);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const links = [
    ...(current > 1 ? [link(call, current - 1, 'prev'), link(call, 1, 'first')] : []),
    ...(current < last ? [link(call, current + 1, 'next'), link(call, last, 'last')] : []),
  ];
  return {
    items: items.slice((current - 1) * size, current * size),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}

type Headers = Readonly<Record<string, string>>;

function link(call: Call, number: number, relation: string): string {
  const query = new URLSearchParams({ ...call.query, page: String(number) });
  return `<${call.apiUrl}${call.path}?${query}>; rel="${relation}"`;
}
