import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Octokit } from '@octokit/rest';
import { afterEach, describe, expect, it } from 'vitest';

import { patient } from '../../src/github/client.ts';
import { downloadFetch, limitedFetch } from '../../src/github/fetch.ts';
import { GitHubError } from '../../src/github/github-error.ts';

const servers: Server[] = [];

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A client, and what it asked: answers are `[status, headers?]`, the last one for ever. */
async function asking(...answers: readonly (readonly [number, Record<string, string>?])[]) {
  const asked: string[] = [];
  const url = await listening((request, response) => {
    const [status, headers = {}] = answers[Math.min(asked.length, answers.length - 1)] ?? [500];
    asked.push(`${request.method} ${request.url} ${request.headers['x-github-api-version']}`);
    if (status === 0) request.destroy();
    else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{"id":1}');
  });
  const client = new Octokit({ baseUrl: url, request: { fetch: limitedFetch }, log: silent, auth: 'secret' });
  return { asked, client: patient(client, [1, 1]) };
}

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GitHubError)) throw new Error(`no GitHubError: ${String(error)}`);
  return error;
};

describe('requests to GitHub', () => {
  it('are repeated where a gateway or the network failed', async () => {
    const { asked, client } = await asking([502], [0], [200]);
    expect((await client.request('GET /app')).data).toMatchObject({ id: 1 });
    expect(asked).toEqual(Array(3).fill('GET /app 2022-11-28'));
  });

  it('fail after three attempts, with a sentence that names status and request', async () => {
    const { asked, client } = await asking([503, { 'x-github-request-id': 'AB12:34' }]);
    const error = await failureOf(client.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' }));
    expect(error.message).toBe('GitHub answered 503 to GET /repos/{owner}/{repo} (request AB12:34)');
    expect(error).toMatchObject({ status: 503, requestId: 'AB12:34' });
    expect(asked).toHaveLength(3);
  });

  it.each([400, 401, 403, 404, 422, 500])('are not repeated after %d', async (status) => {
    const { asked, client } = await asking([status], [200]);
    expect(await failureOf(client.request('GET /app'))).toMatchObject({ status });
    expect(asked).toHaveLength(1);
  });

  it('are sent once where GitHub may have done what was asked', async () => {
    const { asked, client } = await asking([502], [200]);
    const request = { request: { once: true } };
    await failureOf(client.request('POST /markdown', { text: 'x', ...request }));
    expect(asked).toHaveLength(1);
  });

  it('say that a rate limit is used up', async () => {
    for (const answer of [[403, { 'x-ratelimit-remaining': '0' }], [403, { 'retry-after': '60' }], [429]] as const) {
      const { client } = await asking(answer);
      expect((await failureOf(client.request('GET /app'))).message).toContain('the rate limit is used up');
    }
    const { client } = await asking([403, { 'x-ratelimit-remaining': '12' }]);
    expect((await failureOf(client.request('GET /app'))).message).toBe('GitHub answered 403 to GET /app');
  });

  it('say that GitHub is not there', async () => {
    const url = await listening(() => {});
    const gone = servers.pop();
    await new Promise((resolve) => gone?.close(resolve));
    const client = new Octokit({ baseUrl: url, request: { fetch: limitedFetch }, log: silent });
    const error = await failureOf(patient(client, [1]).request('GET /app'));
    expect(error.message).toMatch(/^GitHub could not be reached for GET \/app: .*ECONNREFUSED/);
    expect(error.status).toBeNull();
  });

  it('do not take an answer that breaks off for an empty one', async () => {
    const url = await listening((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"id":');
      setTimeout(() => response.destroy(), 20);
    });
    const client = new Octokit({ baseUrl: url, request: { fetch: limitedFetch }, log: silent });
    expect((await failureOf(patient(client, []).request('GET /app'))).status).toBeNull();
  });
});

describe('downloads', () => {
  const seen: (string | undefined)[] = [];
  const give: RequestListener = (request, response) => {
    seen.push(request.headers.authorization);
    response.end('archive');
  };
  const sent = { headers: { authorization: 'token secret' } };

  it('never show the token to another host', async () => {
    seen.length = 0;
    const other = await listening(give);
    const first = await listening((_, response) => response.writeHead(302, { location: `${other}/a` }).end());
    expect(await (await downloadFetch(`${first}/tarball`, sent)).text()).toBe('archive');
    expect(seen).toEqual([undefined]);
  });

  it('show it where they stay', async () => {
    seen.length = 0;
    const url = await listening((request, response) => {
      if (request.url === '/a') give(request, response);
      else response.writeHead(302, { location: '/a' }).end();
    });
    await downloadFetch(`${url}/tarball`, sent);
    expect(seen).toEqual(['token secret']);
  });

  it('do not go in circles', async () => {
    const url = await listening((_, response) => response.writeHead(302, { location: '/' }).end());
    await expect(downloadFetch(url)).rejects.toThrow('more than 3 redirects');
  });

  it('end with an error where the stream breaks off', async () => {
    const url = await listening((_, response) => {
      response.write('arch');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(downloadFetch(url).then((response) => response.text())).rejects.toThrow();
  });
});
