import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { git } from '../github/git.ts';
import { until } from './serving.ts';
import { expand, incident } from './shelf.ts';
import { stand } from './stand.ts';

const at = stand();
const { openAndWait, reviewed, runs } = at;

const requestId = { 'x-github-request-id': 'AB12:34' };

describe('a failure between Bellows and GitHub', () => {
  it('completes the check with its own sentence and request', async () => {
    at.github.faults.answer('POST', /graphql/, { status: 500, headers: requestId });
    const { number, check } = await openAndWait(incident);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(check.output.title).toContain('Bellows failed, not your change');
    expect(check.output.title).toContain('GitHub answered 500');
    expect(check.output.summary).toContain('AB12:34');
    expect(at.repository.comments(number)).toEqual([]);
  });

  it('passes where the settings say so, never as a success', async () => {
    await at.repository.commit('main', { '.github/bellows.yml': 'onError: pass\n' });
    at.github.faults.answer('GET', /tarball/, { status: 404 });
    expect((await openAndWait(incident)).check.conclusion).toBe('neutral');
  });

  it('is waited out where a gateway fails for a moment', async () => {
    at.github.faults.answer('GET', /compare/, { status: 502 });
    at.github.faults.drop('POST', /graphql/);
    expect((await openAndWait(incident)).check.output.title).not.toContain('Bellows failed');
  });

  it('says that the rate limit is used up', async () => {
    at.github.faults.answer('GET', /compare/, { status: 403, headers: { 'x-ratelimit-remaining': '0' } });
    expect((await openAndWait(incident)).check.output.title).toContain('rate limit');
  });

  it.each([
    ['secondary', { 'retry-after': '1' }],
    ['primary', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }],
  ])('is overcome when the %s rate limit lets nothing through for a while', async (_, headers) => {
    at.github.faults.answer('GET', /compare/, { status: 403, headers, times: 2 });
    at.github.faults.answer('POST', /check-runs/, { status: 403, headers, times: 2 });
    const { number, check } = await openAndWait(incident);
    expect(check.conclusion).toBe('failure');
    expect(check.output.title).not.toContain('Bellows failed');
    expect(runs(at.repository.head(number))).toHaveLength(1);
  });

  it('names the request where GraphQL answers with errors, and not their words', async () => {
    const errors = [{ type: 'SOMETHING_ODD', path: ['repository'], message: 'db/migrate/K4N4RY' }];
    at.github.faults.answer('POST', /graphql/, { status: 200, headers: requestId, body: { data: null, errors } });
    const { check } = await openAndWait(incident);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(check.output.title).toContain('GitHub answered POST /graphql with errors (SOMETHING_ODD)');
    expect(check.output.summary).toContain('AB12:34');
    expect(JSON.stringify(check.output) + at.app.output()).not.toContain('K4N4RY');
  });

  const compare = ['GET', /compare/, 'compare'] as const;
  const graphql = ['POST', /graphql/, 'graphql'] as const;
  const tarball = ['GET', /tarball/, 'tarball'] as const;
  const codeload = ['GET', /codeload/, 'tarball'] as const;
  const stands = ['GET', /pulls\/\d+$/, 'pulls'] as const;
  const html = { raw: '<html>Unicorn!</html>', headers: { 'content-type': 'text/html', ...requestId } };
  const archive = (raw: Buffer) => ({ raw, headers: { 'content-type': 'application/x-gzip' } });

  it.each([
    [401, ...compare, {}],
    [404, ...compare, {}],
    [403, ...graphql, {}],
    [502, ...graphql, html],
    [409, ...tarball, {}],
    [500, ...tarball, html],
    [422, ...stands, {}],
    [503, ...codeload, {}],
    [200, ...codeload, archive(gzipSync(Buffer.alloc(1024)))],
    [200, ...codeload, archive(Buffer.alloc(0))],
    [200, ...codeload, archive(gzipSync(randomBytes(50_000)).subarray(0, 30_000))],
    [200, ...graphql, { body: { data: { repository: null } } }],
    [200, ...stands, { body: {} }],
  ] as const)('%d from %s %s holds the merge with a sentence that names it', async (status, method, path, _, what) => {
    at.github.faults.answer(method, path, { status, times: 3, headers: requestId, ...what });
    const { number, check } = await openAndWait(expand);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(check.output.title).toContain('Bellows failed, not your change');
    expect(JSON.stringify(check.output)).not.toMatch(/unforeseen|Unicorn/);
    if (status >= 400) expect(check.output.title).toContain('AB12:34');
    expect(at.repository.mergeable(number, { requiredChecks: ['bellows'] })).toBe(false);
  });

  it('is one where the connection ends over and over', async () => {
    at.github.faults.drop('GET', /codeload/, 6);
    const { check } = await openAndWait(expand);
    expect(check.output.title).toMatch(/could not be reached for GET .*tarball/);
  });

  it('is one where target and head have no common history, or the target is gone', async () => {
    await at.repository.commit('alone', expand, { parent: null });
    const alone = await at.repository.openPull({ title: 'x', head: 'alone', base: 'main', author: 'mia' });
    expect((await reviewed(at.repository.head(alone))).conclusion).toBe('failure');
    await at.repository.commit('release', {});
    at.github.faults.before('GET', /compare/, async () => {
      await git(at.repository.directory, 'update-ref', '-d', 'refs/heads/release');
    });
    const { check } = await openAndWait(expand, { base: 'release' });
    expect(check.conclusion).toBe('failure');
    expect(check.output.title).toContain('GitHub answered 404');
  });

  it.each([
    ['a page of HTML', { raw: '<html>Unicorn!</html>', headers: { 'content-type': 'text/html' } }],
    ['half of its JSON', { raw: '{"base_commit": {"sha"', headers: { 'content-type': 'application/json' } }],
    ['nothing', { raw: '', headers: { 'content-type': 'application/json' } }],
    ['no files', { body: { base_commit: { sha: 'a' }, merge_base_commit: { sha: 'b' } } }],
    ['null', { body: null }],
  ])('is one where GitHub answers 200 with %s', async (_, what) => {
    at.github.faults.answer('GET', /compare/, { status: 200, times: 3, ...what });
    const { check } = await openAndWait({ 'README.md': 'x\n' });
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(check.output.title).toMatch(/GitHub .*compare|GitHub .*files/);
  });

  it('is none where the repository was renamed between event and request: GitHub redirects', async () => {
    const { apiUrl } = at.github;
    const moved = (path: string) => ({ location: `${apiUrl}/repos/acme/${at.repository.name}${path}` });
    await at.repository.commit('feature', expand);
    const head = await at.repository.tip('feature');
    at.github.faults.answer('GET', /compare/, { status: 301, headers: moved(`/compare/main...${head}?per_page=1`) });
    at.github.faults.answer('POST', /check-runs/, { status: 307, headers: moved('/check-runs') });
    expect((await openAndWait(expand)).check.conclusion).toBe('success');
  });

  it('leaves the check run to tell everything where comments are not allowed', async () => {
    at.github.faults.answer('POST', /issues/, {
      status: 403,
      message: 'Unable to create comment because issue is locked.',
    });
    const { number, check } = await openAndWait(incident);
    expect(check.conclusion).toBe('failure');
    expect(check.output.text).toContain('moderated_at');
    expect(at.repository.comments(number)).toEqual([]);
  });

  it('leaves it to tell everything too where its comment is taken away at that moment', async () => {
    const { number } = await openAndWait(incident);
    at.github.faults.before('PATCH', /issues\/comments/, () => {
      for (const { id } of at.repository.comments(number)) at.repository.deleteComment(id);
    });
    const check = await reviewed(await at.repository.push('feature', { 'db/migrate/20260104000000_odd.rb': 'odd\n' }));
    expect(check.output.title).not.toContain('Bellows failed');
    expect(check.conclusion).toBe('failure');
    expect(at.repository.comments(number)).toEqual([]);
  });

  it('is over once somebody re-runs the check, of a fork too', async () => {
    await at.repository.commit('mia:feature', expand);
    at.github.faults.answer('GET', /compare/, { status: 500 });
    const number = await at.repository.openPull({ title: 'x', head: 'mia:feature', base: 'main', author: 'mia' });
    const head = at.repository.head(number);
    const failed = await reviewed(head);
    expect(failed.output.title).toContain('Re-run the check');
    await at.repository.rerun(failed.id);
    await until(() => runs(head).length === 2);
    expect(runs(head).at(-1)?.conclusion).toBe('success');
    await at.repository.rerun(runs(head).at(-1)?.id ?? 0);
    await until(() => runs(head).length === 3);
  });

  it('never doubles a comment whose answer was lost', async () => {
    at.github.faults.answer('POST', /issues/, { status: 502 });
    at.github.ledger.length = 0;
    const { check } = await openAndWait(incident);
    expect(check.conclusion).toBe('failure');
    expect(at.github.ledger.filter(({ method, path }) => method === 'POST' && path.includes('/issues/'))).toHaveLength(
      1,
    );
  });
});

describe('a hostile pull request', () => {
  const model = 'app/models/comment.rb';
  const later = 'db/migrate/20260103000000_later.rb';

  it.each([
    ['invalid UTF-8', { [model]: Buffer.from('class Comment\n  # caf\xe9\nend\n', 'latin1') }],
    ['five megabytes of Ruby', { [model]: `class Comment\n${'  def a = body\n'.repeat(350_000)}end\n` }],
    ['thirty kilobytes of parentheses', { [model]: '('.repeat(30_000) }],
    ['a migration of parentheses', { [later]: '('.repeat(30_000) }],
    ['a migration that does not parse', { [later]: 'class Later < ActiveRecord::Migration[7.1]\n  def change(\n' }],
    ['names full of Markdown', { 'app/models/@all <b>|`.rb': 'class X\nend\n', ...incident }],
  ])('with %s gets its check', async (_, files) => {
    const { check } = await openAndWait({ ...expand, ...files });
    expect(check.status).toBe('completed');
    expect(check.output.title).not.toContain('Bellows failed');
  });

  it('with an unreadable migration does not turn green', async () => {
    expect((await openAndWait({ [later]: '('.repeat(30_000) })).check.conclusion).toBe('action_required');
    expect((await openAndWait({ [later]: Buffer.from([0xff, 0xfe]) })).check.conclusion).toBe('action_required');
  });

  it('leaves the app serving', async () => {
    expect((await openAndWait(expand)).check.conclusion).toBe('success');
  });
});
