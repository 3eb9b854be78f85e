import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { extract } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Ask, ask, installationToken } from './client.ts';
import { createKeyPair, signJwt } from './credentials.ts';
import { type GitHub, startGitHub } from './index.ts';
import type { RepositoryControl } from './repository.ts';

let github: GitHub;
let shop: RepositoryControl;
let token: string;

beforeEach(async () => {
  github = await startGitHub();
  shop = await github.repository('acme', 'shop');
  await shop.commit('main', { 'README.md': 'A shop.\n', 'app/cart.rb': 'class Cart\nend\n' });
  token = await installationToken(github);
});

afterEach(() => github.stop());

const call = (request: string, more: Ask = {}) => ask(github, request, { as: token, ...more });
const message = (body: unknown) => (body as { message: string }).message;
const names = (body: unknown) => (body as { filename: string }[]).map((file) => file.filename);
/** What was recorded, and no longer fails the test. */
const violations = () => github.violations.splice(0).map(({ kind, what, message }) => `${kind}: ${what}: ${message}`);
const openCart = (more = {}) => shop.openPull({ title: 'Count', head: 'count', base: 'main', author: 'mia', ...more });

describe('the App proves who it is', () => {
  const app = (claims: object) => ask(github, 'GET /app', { as: `Bearer ${github.app.jwt({ ...claims })}` });
  const now = () => Math.floor(Date.now() / 1000);

  it('takes a JWT that is valid for at most ten minutes', async () => {
    expect(await app({})).toMatchObject({ status: 200, body: { id: github.app.id, slug: 'bellows' } });
    expect(message((await app({ iat: now() - 700, exp: now() - 100 })).body)).toContain("'Expiration time' claim");
    expect(message((await app({ exp: now() + 900 })).body)).toContain('too far in the future');
    expect(message((await app({ iat: now() + 300 })).body)).toContain("'Issued at' claim");
    expect(await app({ iss: 1 })).toMatchObject({ status: 404, body: { message: 'Integration not found' } });
  });

  it('refuses a JWT that somebody else signed, and none at all', async () => {
    const claims = { iss: github.app.id, iat: now() - 30, exp: now() + 500 };
    const forged = await ask(github, 'GET /app', { as: `Bearer ${signJwt(claims, createKeyPair().privateKey)}` });
    expect(forged).toMatchObject({ status: 401, body: { message: 'A JSON web token could not be decoded' } });
    expect((await ask(github, 'GET /app')).status).toBe(401);
    expect((await call('GET /app')).status).toBe(401);
  });
});

describe('installation tokens', () => {
  it('are long, and die after an hour', async () => {
    let now = Date.now();
    const later = await startGitHub({ now: () => new Date(now) });
    await later.repository('acme', 'shop');
    const as = await installationToken(later);
    expect(as.length).toBeGreaterThan(300);
    expect((await ask(later, 'GET /repos/acme/shop', { as })).status).toBe(200);
    now += 61 * 60 * 1000;
    expect(await ask(later, 'GET /repos/acme/shop', { as })).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    });
    await later.stop();
  });

  it('reach only what the installation grants', async () => {
    const narrow = await startGitHub({ permissions: { metadata: 'read', pull_requests: 'read' } });
    const repository = await narrow.repository('acme', 'shop');
    await repository.commit('main', { a: 'a' });
    await repository.commit('b', { b: 'b' });
    const number = await repository.openPull({ title: 'b', head: 'b', base: 'main', author: 'mia' });
    const as = await installationToken(narrow);
    const refused = { status: 403, body: { message: 'Resource not accessible by integration' } };
    expect((await ask(narrow, `GET /repos/acme/shop/pulls/${number}`, { as })).status).toBe(200);
    expect(await ask(narrow, 'GET /repos/acme/shop/contents/a', { as })).toMatchObject(refused);
    expect(
      await ask(narrow, `POST /repos/acme/shop/issues/${number}/comments`, { as, body: { body: 'x' } }),
    ).toMatchObject(refused);
    await narrow.stop();
  });

  it('can be made narrower, never wider', async () => {
    const as = await installationToken(github, { permissions: { checks: 'read' } });
    expect((await ask(github, 'GET /repos/acme/shop/commits/main/check-runs', { as })).status).toBe(200);
    expect((await ask(github, 'GET /repos/acme/shop/contents/README.md', { as })).status).toBe(403);
    const path = `POST /app/installations/${github.installationId}/access_tokens`;
    const wider = { as: `Bearer ${github.app.jwt()}`, body: { permissions: { contents: 'write' } } };
    expect((await ask(github, path, wider)).status).toBe(422);
  });

  it('do not see repositories that the App is not installed on', async () => {
    await github.repository('acme', 'secret', { private: true, installed: false });
    expect((await call('GET /repos/acme/secret')).status).toBe(404);
    expect((await call('GET /repos/acme/absent')).status).toBe(404);
  });

  it('are not needed to read what is public, and a person reads with their own', async () => {
    await github.repository('acme', 'secret', { private: true, installed: false });
    const as = `token ${github.personalToken()}`;
    expect((await ask(github, 'GET /repos/acme/shop')).status).toBe(200);
    expect((await ask(github, 'GET /repos/acme/secret')).status).toBe(404);
    expect((await ask(github, 'GET /repos/acme/secret', { as })).status).toBe(200);
    const run = { body: { name: 'x', head_sha: await shop.tip('main') } };
    expect((await ask(github, 'POST /repos/acme/shop/check-runs', run)).status).toBe(401);
    expect((await ask(github, 'POST /repos/acme/shop/check-runs', { ...run, as })).status).toBe(403);
    expect(github.ledger.at(-1)).toMatchObject({ as: 'person' });
  });
});

describe('strictness', () => {
  it('answers 501 to an endpoint that it lacks, and fails the test', async () => {
    expect((await call('GET /repos/acme/shop/stargazers')).status).toBe(501);
    expect(() => github.verify()).toThrow('GET /repos/acme/shop/stargazers');
    expect(violations()).toEqual(['unknown-endpoint: GET /repos/acme/shop/stargazers: the stand-in lacks it']);
  });

  it('records a request that the description forbids', async () => {
    const sha = await shop.tip('main');
    const create = (body: object) =>
      call('POST /repos/acme/shop/check-runs', { body: { name: 'x', head_sha: sha, ...body } });
    const output = { title: 't', summary: 's' };
    const line = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
    const answers = [
      await create({ conclusion: 'great' }),
      await create({ status: 'completed' }),
      await create({ output: { ...output, annotations: Array(51).fill(line) } }),
      await create({ output: { ...output, summary: 'x'.repeat(65_536) } }),
      await create({ sumary: 'x' }),
      await call('GET /repos/acme/shop/pulls?per_page=many'),
      await call('GET /repos/acme/shop/pulls?pages=2'),
    ];
    expect(answers.map((each) => each.status)).toEqual(Array(7).fill(422));
    expect(violations()).toEqual([
      expect.stringContaining('body/conclusion must be equal to one of the allowed values'),
      expect.stringContaining('conclusion is required when completed'),
      expect.stringContaining('body/output/annotations must NOT have more than 50 items'),
      expect.stringContaining('body/output/summary must NOT have more than 65535 characters'),
      expect.stringContaining('body/sumary is not known'),
      expect.stringContaining('per_page=many'),
      expect.stringContaining('query parameter pages is not known'),
    ]);
  });

  it('counts every request with who asked', async () => {
    await call('GET /repos/acme/shop/pulls');
    expect(github.ledger.map(({ operation, status, as }) => `${operation} ${status} ${as}`)).toEqual([
      'POST /app/installations/{installation_id}/access_tokens 201 app',
      'GET /repos/{owner}/{repo}/pulls 200 installation',
    ]);
  });
});

describe('pull requests', () => {
  it('lists files page by page, to 3,000, and names what a file was called', async () => {
    const many = Object.fromEntries(Array.from({ length: 3_050 }, (_, index) => [`many/${index}.txt`, `${index}\n`]));
    await shop.commit('count', { ...many, 'README.md': null, 'READ.md': 'A shop.\n' });
    const number = await openCart();
    expect((await call(`GET /repos/acme/shop/pulls/${number}`)).body).toMatchObject({
      changed_files: 3_051,
      commits: 1,
    });

    const first = await call(`GET /repos/acme/shop/pulls/${number}/files`);
    expect(names(first.body)).toHaveLength(30);
    expect((first.body as unknown[])[0]).toMatchObject({
      status: 'renamed',
      filename: 'READ.md',
      previous_filename: 'README.md',
    });
    expect(first.headers.get('link')).toContain(
      `<${github.apiUrl}/repos/acme/shop/pulls/${number}/files?page=2>; rel="next"`,
    );
    expect(first.headers.get('link')).toContain('page=100>; rel="last"');
    const last = await call(`GET /repos/acme/shop/pulls/${number}/files?per_page=100&page=30`);
    expect(names(last.body)).toHaveLength(100);
    expect(last.headers.get('link')).not.toContain('rel="next"');
  });

  it('leaves the patch out where it is long or binary', async () => {
    await shop.commit('count', {
      'app/cart.rb': 'class Cart\n  attr :count\nend\n',
      'long.txt': 'x\n'.repeat(20_001),
      'picture.png': Buffer.from([137, 80, 78, 71, 0, 1]),
    });
    const { body } = await call(`GET /repos/acme/shop/pulls/${await openCart()}/files`);
    expect(body).toMatchObject([
      {
        filename: 'app/cart.rb',
        additions: 1,
        deletions: 0,
        patch: '@@ -1,2 +1,3 @@\n class Cart\n+  attr :count\n end',
      },
      { filename: 'long.txt', additions: 20_001 },
      { filename: 'picture.png', additions: 0 },
    ]);
    expect(body).toMatchObject([{}, expect.not.objectContaining({ patch: '' }), {}]);
    expect((body as { patch?: string }[]).map((file) => file.patch !== undefined)).toEqual([true, false, false]);
  });

  it('knows forks, also those that are gone', async () => {
    await shop.commit('mia:count', { 'app/cart.rb': 'class Cart; end\n' });
    const number = await openCart({ head: 'mia:count' });
    const gone = await openCart({ head: 'mia:count', forkDeleted: true });
    const fork = { full_name: 'mia/shop', fork: true };
    expect((await call(`GET /repos/acme/shop/pulls/${number}`)).body).toMatchObject({
      head: { label: 'mia:count', repo: fork },
    });
    expect((await call(`GET /repos/acme/shop/pulls/${gone}`)).body).toMatchObject({ head: { repo: null } });
    expect((await call('GET /repos/acme/shop/branches/count')).status).toBe(404);
    expect((await call(`GET /repos/acme/shop/contents/app/cart.rb?ref=${shop.head(number)}`)).status).toBe(200);
  });

  it('shows the previous head while it lags behind', async () => {
    const before = await shop.commit('count', { a: '1' });
    const number = await openCart();
    const after = await shop.push('count', { a: '2' });
    shop.lagBehind(number, before, 1);
    expect((await call(`GET /repos/acme/shop/pulls/${number}`)).body).toMatchObject({ head: { sha: before } });
    expect((await call(`GET /repos/acme/shop/pulls/${number}`)).body).toMatchObject({ head: { sha: after } });
  });
});

describe('what a repository holds', () => {
  it('compares from the merge base of branches that went apart', async () => {
    const base = await shop.tip('main');
    const head = await shop.commit('feature/count', { 'app/cart.rb': 'class Cart\n  attr :count\nend\n' });
    const main = await shop.commit('main', { 'other.txt': 'somebody else\n' });
    const { body } = await call(`GET /repos/acme/shop/compare/${encodeURIComponent(`main...feature/count`)}`);
    expect(body).toMatchObject({
      status: 'diverged',
      ahead_by: 1,
      behind_by: 1,
      base_commit: { sha: main },
      merge_base_commit: { sha: base },
      commits: [{ sha: head }],
      files: [{ filename: 'app/cart.rb', status: 'modified' }],
    });
    await shop.commit('alone', { a: 'a' }, { parent: null });
    const apart = await call('GET /repos/acme/shop/compare/main...alone');
    expect(apart).toMatchObject({ status: 404, body: { message: 'No common ancestor between main and alone.' } });
  });

  it('lists 300 files of a comparison, and no more', async () => {
    await shop.commit(
      'count',
      Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`f/${index}`, `${index}`])),
    );
    const { body } = await call('GET /repos/acme/shop/compare/main...count');
    expect((body as { files: unknown[] }).files).toHaveLength(300);
  });

  it('gives files as JSON, raw, as blobs and as trees', async () => {
    const { body } = await call('GET /repos/acme/shop/contents/app/cart.rb?ref=main');
    const { content, sha } = body as { content: string; sha: string };
    expect(Buffer.from(content, 'base64').toString()).toBe('class Cart\nend\n');
    const raw = { headers: { accept: 'application/vnd.github.raw+json' } };
    expect((await call('GET /repos/acme/shop/contents/app/cart.rb', raw)).body).toBe('class Cart\nend\n');
    expect((await call(`GET /repos/acme/shop/git/blobs/${sha}`)).body).toMatchObject({ size: 15, encoding: 'base64' });
    expect((await call('GET /repos/acme/shop/contents/app')).body).toMatchObject([
      { path: 'app/cart.rb', type: 'file' },
    ]);
    expect((await call('GET /repos/acme/shop/git/trees/main?recursive=1')).body).toMatchObject({
      truncated: false,
      tree: [{ path: 'README.md' }, { path: 'app', type: 'tree' }, { path: 'app/cart.rb', sha, size: 15 }],
    });
    expect((await call('GET /repos/acme/shop/contents/absent.rb')).status).toBe(404);
    expect((await call(`GET /repos/acme/shop/contents/README.md?ref=${'0'.repeat(40)}`)).status).toBe(404);
  });

  it('sends a tarball by a redirect, below one folder', async () => {
    const sha = await shop.tip('main');
    const { status, headers } = await call(`GET /repos/acme/shop/tarball/${sha}`);
    expect(status).toBe(302);
    const response = await fetch(headers.get('location') ?? '');
    const entries: Record<string, string> = {};
    const tar = Readable.fromWeb(response.body as never)
      .pipe(createGunzip())
      .pipe(extract());
    for await (const entry of tar) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      if (entry.header.type === 'file') entries[entry.header.name] = Buffer.concat(chunks).toString();
    }
    const folder = `acme-shop-${sha.slice(0, 7)}`;
    expect(entries).toEqual({ [`${folder}/README.md`]: 'A shop.\n', [`${folder}/app/cart.rb`]: 'class Cart\nend\n' });
  });

  it('gives blobs by GraphQL, null for what is not there, cut where GitHub cuts', async () => {
    const sha = await shop.commit('main', { 'long.txt': 'x'.repeat(512_001), binary: Buffer.from([0, 1]) });
    const query = `query BellowsBlobs($owner: String!, $name: String!, $e0: String!, $e1: String!, $e2: String!, $e3: String!) {
      repository(owner: $owner, name: $name) {
        f0: object(expression: $e0) { ... on Blob { oid byteSize isBinary isTruncated text } }
        f1: object(expression: $e1) { ... on Blob { oid byteSize isBinary isTruncated text } }
        f2: object(expression: $e2) { ... on Blob { byteSize isTruncated } }
        f3: object(expression: $e3) { ... on Blob { isBinary text } }
      }
    }`;
    const variables = {
      owner: 'acme',
      name: 'shop',
      e0: `${sha}:app/cart.rb`,
      e1: `${sha}:absent.rb`,
      e2: `${sha}:long.txt`,
      e3: `${sha}:binary`,
    };
    const { body } = await call(`POST ${github.url}/api/graphql`, { body: { query, variables } });
    expect(body).toMatchObject({
      data: {
        repository: {
          f0: { byteSize: 15, isBinary: false, isTruncated: false, text: 'class Cart\nend\n' },
          f1: null,
          f2: { byteSize: 512_001, isTruncated: true },
          f3: { isBinary: true, text: null },
        },
      },
    });
  });

  it('tells GraphQL that it would not understand', async () => {
    const unknown = await call(`POST ${github.url}/graphql`, { body: { query: '{ viewer { login } }' } });
    expect(unknown.body).toEqual({ errors: [{ message: "Field 'viewer' doesn't exist on type 'Query'" }] });
    const missing = 'query Q($owner: String!) { repository(owner: $owner, name: "shop") { name } }';
    const answer = await call(`POST ${github.url}/graphql`, { body: { query: missing } });
    expect(answer.body).toEqual({ errors: [{ message: 'Variable $owner of type String! was not given' }] });
    expect(violations()).toHaveLength(2);
  });
});

describe('comments and checks', () => {
  let number: number;
  let sha: string;

  beforeEach(async () => {
    sha = await shop.commit('count', { 'app/cart.rb': 'class Cart; end\n' });
    number = await openCart();
  });

  it('keeps the conversation', async () => {
    shop.commentAs('mia', number, 'please look');
    const created = await call(`POST /repos/acme/shop/issues/${number}/comments`, { body: { body: 'first' } });
    expect(created).toMatchObject({
      status: 201,
      body: { user: { login: 'bellows[bot]', type: 'Bot' }, performed_via_github_app: { slug: 'bellows' } },
    });
    const { id } = created.body as { id: number };
    await call(`PATCH /repos/acme/shop/issues/comments/${id}`, { body: { body: 'second' } });
    expect(shop.comments(number)).toMatchObject([
      { author: 'mia', body: 'please look', byApp: false },
      { author: 'bellows[bot]', body: 'second', byApp: true, edits: 1 },
    ]);
    const listed = await call(`GET /repos/acme/shop/issues/${number}/comments?per_page=1&page=2`);
    expect(listed.body).toMatchObject([{ id, body: 'second' }]);
    expect(listed.headers.get('link')).toContain('rel="prev"');
    expect((await call(`DELETE /repos/acme/shop/issues/comments/${id}`)).status).toBe(204);
    expect(shop.comments(number)).toHaveLength(1);
  });

  it('refuses a body that is too long, and a locked conversation', async () => {
    const post = (body: string) => call(`POST /repos/acme/shop/issues/${number}/comments`, { body: { body } });
    expect((await post('x'.repeat(65_537))).status).toBe(422);
    expect((await post('x'.repeat(65_536))).status).toBe(201);
    shop.lock(number);
    expect((await post('hello')).status).toBe(403);
  });

  it('lets a check hold the merge until its newest run passes', async () => {
    const rule = { requiredChecks: ['bellows'] };
    const create = (body: object) =>
      call('POST /repos/acme/shop/check-runs', { body: { name: 'bellows', head_sha: sha, ...body } });
    expect(shop.mergeable(number, rule)).toBe(false);
    const { id } = (await create({ status: 'in_progress' })).body as { id: number };
    const line = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'm' };
    const output = { title: 'unsafe', summary: 'why', annotations: [line] };
    for (const _ of [1, 2]) {
      await call(`PATCH /repos/acme/shop/check-runs/${id}`, { body: { conclusion: 'failure', output } });
    }
    expect(shop.checkRuns(sha)).toMatchObject([
      { status: 'completed', conclusion: 'failure', output: { annotations: [line, line] } },
    ]);
    expect(shop.mergeable(number, rule)).toBe(false);

    expect((await call(`PATCH /repos/acme/shop/check-runs/${id}`, { body: { status: 'in_progress' } })).status).toBe(
      422,
    );
    expect(violations()).toEqual([expect.stringContaining('cannot be opened again')]);
    await create({ conclusion: 'neutral' });
    expect(shop.mergeable(number, rule)).toBe(true);
    const latest = await call(`GET /repos/acme/shop/commits/${sha}/check-runs?check_name=bellows`);
    expect(latest.body).toMatchObject({
      total_count: 1,
      check_runs: [{ conclusion: 'neutral', pull_requests: [{ number }] }],
    });
  });

  it('tells who may do what', async () => {
    shop.setRole('lena', 'maintain');
    const role = (login: string) => call(`GET /repos/acme/shop/collaborators/${login}/permission`);
    expect((await role('lena')).body).toMatchObject({ permission: 'write', role_name: 'maintain' });
    expect((await role('stranger')).body).toMatchObject({ permission: 'read' });
    expect((await role('bellows[bot]')).body).toMatchObject({ permission: 'none' });
  });
});

describe('faults', () => {
  it('answers, drops and calls back as a test asks', async () => {
    github.faults.answer('GET', /\/pulls$/, { status: 502, times: 1 });
    github.faults.drop('GET', /\/pulls$/, 1);
    let called = 0;
    github.faults.before('GET', /\/pulls$/, () => void called++);
    expect((await call('GET /repos/acme/shop/pulls')).status).toBe(502);
    await expect(call('GET /repos/acme/shop/pulls')).rejects.toThrow();
    expect((await call('GET /repos/acme/shop/pulls')).status).toBe(200);
    expect(called).toBe(1);
  });

  it('answers 304 to who has it already', async () => {
    const first = await call('GET /repos/acme/shop');
    const again = await call('GET /repos/acme/shop', { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });
});
