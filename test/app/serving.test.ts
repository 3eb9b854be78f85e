import { createHmac } from 'node:crypto';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type GitHub, startGitHub } from '../github/index.ts';
import { environmentFor, runToEnd, serve, start, until } from './serving.ts';
import { incident, shelf } from './shelf.ts';

let github: GitHub;

beforeEach(async () => {
  github = await startGitHub();
});

afterEach(() => github.stop());

const post = (url: string, body: string, secret: string) =>
  fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-delivery': 'guid',
      'x-github-event': 'pull_request',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  });

describe('start-up', () => {
  it('is refused without a webhook secret', async () => {
    const { status, output } = await runToEnd({ ...environmentFor(github), WEBHOOK_SECRET: '' });
    expect(status).toBe(3);
    expect(output).toMatch(/^bellows: WEBHOOK_SECRET is not set[^\n]*\n$/);
  });

  it.each([
    ['none', undefined],
    ['one that is no key', 'none'],
    ['one that cannot sign', '-----BEGIN RSA PRIVATE KEY-----\nTm8ga2V5\n-----END RSA PRIVATE KEY-----'],
  ])('is refused with a private key that cannot be used: %s', async (_, PRIVATE_KEY) => {
    const { status, output } = await runToEnd({ ...environmentFor(github), PRIVATE_KEY });
    expect(status).toBe(3);
    expect(output).toMatch(/^bellows: [^\n]*PRIVATE_KEY[^\n]*\n$/);
  });

  it('is refused where the address is taken', async () => {
    const { status, output } = await runToEnd({ ...environmentFor(github), PORT: github.host.split(':')[1] });
    expect(status).toBe(3);
    expect(output).toContain('cannot listen');
  });

  it('is refused in production without an app', async () => {
    const { status, output } = await runToEnd({ NODE_ENV: 'production' });
    expect(status).toBe(3);
    expect(output).toMatch(/^bellows: APP_ID is not set/);
  });
});

describe('set-up, while there is no app', () => {
  it('shows the manifest and handles no event', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bellows-'));
    cpSync(fileURLToPath(new URL('../../app.yml', import.meta.url)), join(folder, 'app.yml'));
    const app = await start({ HOST: '127.0.0.1', PORT: '0', GHE_HOST: github.host, GHE_PROTOCOL: 'http' }, folder);
    const page = await (await fetch(`${app.url}/probot`)).text();
    expect(page).toContain('pull_requests');
    expect(page).toContain('/settings/apps/new');
    const repository = await github.repository('acme', 'shelf');
    await repository.commit('main', shelf);
    await repository.commit('feature', incident);
    github.connect(`${app.url}/api/github/webhooks`);
    const number = await repository.openPull({ title: 'x', head: 'feature', base: 'main', author: 'mia' });
    await post(`${app.url}/api/github/webhooks`, JSON.stringify(github.deliveries[0]?.payload), 'development');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(github.ledger).toEqual([]);
    expect(repository.checkRuns(repository.head(number))).toEqual([]);
    expect(await app.stop()).toBe(0);
  });
});

describe('a delivery', () => {
  it('is refused with a bad signature, and Probot’s own secret is none', async () => {
    const app = await serve(github);
    for (const secret of ['development', 'other']) {
      const answer = await post(app.webhookUrl, '{"action":"opened","canary":"K4N4RY"}', secret);
      expect(answer.status).toBe(400);
    }
    expect(app.output()).not.toContain('K4N4RY');
    expect((await fetch(new URL('/ping', app.webhookUrl))).status).toBe(200);
    expect(await app.stop()).toBe(0);
  });

  it('is answered at once, however long the review takes', async () => {
    const app = await serve(github);
    const repository = await github.repository('acme', 'shelf');
    await repository.commit('main', shelf);
    await repository.commit('feature', incident);
    github.faults.delay('GET', /compare/, 3_000);
    const number = await repository.openPull({ title: 'x', head: 'feature', base: 'main', author: 'mia' });
    expect(github.deliveries.at(-1)).toMatchObject({ status: 200 });
    expect(github.deliveries.at(-1)?.ms).toBeLessThan(2_500);
    expect(repository.checkRuns(repository.head(number))).toEqual([]);
    expect(await app.stop()).toBe(0);
  });
});

describe('the log', () => {
  it('holds neither payloads nor source text nor signatures', async () => {
    const app = await serve(github, { LOG_LEVEL: 'trace' });
    const repository = await github.repository('acme', 'shelf');
    await repository.commit('main', shelf);
    await repository.commit('feature', { ...incident, 'app/models/canary.rb': 'K4N4RY = "S3CR3T"\n' });
    github.faults.answer('POST', /check-runs/, { status: 500 });
    await repository.openPull({ title: 'T1TL3', head: 'feature', base: 'main', author: 'mia', body: 'B0DY' });
    await until(() => app.output().includes('no review'));
    await app.stop();
    expect(app.output()).not.toMatch(/K4N4RY|S3CR3T|T1TL3|B0DY|sha256=|moderated_at|ghs_/);
    expect(app.output()).toContain(github.deliveries[0]?.guid);
  });
});

describe('SIGTERM', () => {
  it('finishes the review that runs, takes no more and ends well', async () => {
    const app = await serve(github);
    const repository = await github.repository('acme', 'shelf');
    await repository.commit('main', shelf);
    await repository.commit('feature', incident);
    github.faults.delay('GET', /compare/, 1_000);
    const number = await repository.openPull({ title: 'x', head: 'feature', base: 'main', author: 'mia' });
    const stopped = app.stop();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(fetch(new URL('/ping', app.webhookUrl))).rejects.toThrow();
    expect(await stopped).toBe(0);
    expect(repository.checkRuns(repository.head(number))).toMatchObject([{ status: 'completed' }]);
  });

  it('finishes what waits too, and answers nothing but what it can keep', async () => {
    const app = await serve(github);
    const repository = await github.repository('acme', 'shelf');
    await repository.commit('main', shelf);
    github.faults.delay('GET', /compare/, 700, 6);
    const numbers: number[] = [];
    for (let more = 0; more < 6; more++) {
      await repository.commit(`feature-${more}`, { ...incident, 'README.md': `${more}\n` });
      numbers.push(await repository.openPull({ title: 'x', head: `feature-${more}`, base: 'main', author: 'mia' }));
    }
    expect(await app.stop()).toBe(0);
    for (const number of numbers) {
      expect(repository.checkRuns(repository.head(number))).toMatchObject([{ status: 'completed' }]);
    }
  });

  it('ends at once when it comes twice, whatever still runs', async () => {
    const app = await serve(github);
    const repository = await github.repository('acme', 'shelf');
    await repository.commit('main', shelf);
    await repository.commit('feature', incident);
    github.faults.delay('GET', /compare/, 20_000);
    await repository.openPull({ title: 'x', head: 'feature', base: 'main', author: 'mia' });
    const start = performance.now();
    void app.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await app.stop()).toBe(0);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('a pull request that stalls', () => {
  it('does not hold up the others', async () => {
    const app = await serve(github);
    const repository = await github.repository('acme', 'shelf');
    await repository.commit('main', shelf);
    const openOn = async (name: string) => {
      await repository.commit(name, { ...incident, 'README.md': `${name}\n` });
      return repository.openPull({ title: 'x', head: name, base: 'main', author: 'mia' });
    };
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    github.faults.before('GET', /compare/, () => released, 1);
    const stalled = await openOn('stalled');
    const others = await Promise.all(Array.from({ length: 8 }, (_, index) => openOn(`other-${index}`)));
    const isDone = (number: number) => repository.checkRuns(repository.head(number)).length === 1;
    await until(() => others.every(isDone));
    release();
    await until(() => isDone(stalled));
    expect(await app.stop()).toBe(0);
  });
});
