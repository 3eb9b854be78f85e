/** A caller of the stand-in without Octokit, for what Octokit would not send. */

import type { GitHub } from './index.ts';

export interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Ask {
  readonly body?: unknown;
  /** The whole `authorization` header. */
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request below `/api/v3`, or at a whole URL. Redirects are not followed. */
export async function ask(github: GitHub, request: string, { body, as, headers = {} }: Ask = {}): Promise<Said> {
  const [method = 'GET', path = '/'] = request.split(' ');
  const response = await fetch(path.startsWith('http') ? path : github.apiUrl + path, {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(as ? { authorization: as } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    body: json && text ? (JSON.parse(text) as unknown) : text,
  };
}

/** The `authorization` header of a fresh installation token. */
export async function installationToken(github: GitHub, body: object = {}): Promise<string> {
  const path = `POST /app/installations/${github.installationId}/access_tokens`;
  const said = await ask(github, path, { as: `Bearer ${github.app.jwt()}`, body });
  return `token ${(said.body as { token: string }).token}`;
}
