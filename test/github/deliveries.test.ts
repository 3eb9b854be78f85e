import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { type GitHub, startGitHub } from './index.ts';
import type { RepositoryControl } from './repository.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let github: GitHub;
let shop: RepositoryControl;
let listener: Server;
let received: Received[];
let status: number;

beforeEach(async () => {
  received = [];
  status = 202;
  listener = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) });
    response.writeHead(status).end('ok');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  github = await startGitHub();
  github.connect(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/api/github/webhooks`);
  shop = await github.repository('acme', 'shop');
  await shop.commit('main', { a: '1' });
  await shop.commit('count', { a: '2' });
});

afterEach(async () => {
  await new Promise((resolve) => listener.close(resolve));
  await github.stop();
});

const payloads = () => received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const open = (more = {}) => shop.openPull({ title: 'Count', head: 'count', base: 'main', author: 'mia', ...more });

it('signs what it sends', async () => {
  await open();
  const { headers, body } = received[0] as Received;
  const signature = createHmac('sha256', github.app.webhookSecret).update(body).digest('hex');
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-hub-signature-256': `sha256=${signature}`,
    'x-github-hook-installation-target-type': 'integration',
  });
  expect(headers['x-github-delivery']).toMatch(/^[0-9a-f-]{36}$/);
});

it('tells of everything that happens to a pull request', async () => {
  const before = await shop.tip('main');
  const number = await open({ draft: true });
  await shop.readyForReview(number);
  const after = await shop.push('count', { a: '3' });
  await shop.commit('release', { a: '0' });
  await shop.retarget(number, 'release');
  await shop.rename(number, 'Count more');
  await shop.close(number);
  await shop.push('count', { a: '4' });
  await shop.reopen(number);

  const installation = { id: github.installationId };
  expect(payloads()).toMatchObject([
    { action: 'opened', number, installation, pull_request: { draft: true, user: { login: 'mia' } } },
    { action: 'ready_for_review', pull_request: { draft: false } },
    { action: 'synchronize', after, pull_request: { head: { sha: after } } },
    {
      action: 'edited',
      changes: { base: { ref: { from: 'main' }, sha: { from: before } } },
      pull_request: { base: { ref: 'release' } },
    },
    { action: 'edited', changes: { title: { from: 'Count' } } },
    { action: 'closed', pull_request: { state: 'closed' } },
    { action: 'reopened', pull_request: { state: 'open' } },
  ]);
});

it('logs the answers, and sends again under the same name', async () => {
  status = 500;
  await open();
  const [first] = github.deliveries;
  expect(first).toMatchObject({ event: 'pull_request', action: 'opened', status: 500, redelivery: false });

  status = 200;
  await github.redeliver(first?.guid ?? '');
  expect(github.deliveries[1]).toMatchObject({ guid: first?.guid, status: 200, redelivery: true });
  expect(received.map(({ headers }) => headers['x-github-delivery'])).toEqual([first?.guid, first?.guid]);
});

it('goes on when nobody listens', async () => {
  github.connect('http://127.0.0.1:1/');
  await open();
  expect(github.deliveries).toMatchObject([{ status: null, error: expect.stringContaining('ECONNREFUSED') }]);
  github.connect(null);
  await shop.push('count', { a: '5' });
  expect(github.deliveries[1]).toMatchObject({ action: 'synchronize', status: null, error: null });
});
