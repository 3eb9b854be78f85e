import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type GitHub, startGitHub } from '../github/index.ts';
import type { RepositoryControl } from '../github/repository.ts';
import type { CheckRun } from '../github/world.ts';
import { type Serving, serve, until } from './serving.ts';
import { expand, incident, shelf } from './shelf.ts';

let github: GitHub;
let app: Serving;
let repository: RepositoryControl;
let repositories = 0;

beforeAll(async () => {
  github = await startGitHub();
  app = await serve(github);
});

afterAll(async () => {
  expect(await app.stop()).toBe(0);
  await github.stop();
});

beforeEach(async () => {
  github.faults.clear();
  repository = await github.repository('acme', `shelf-${++repositories}`);
  await repository.commit('main', shelf);
});

const checkOf = async (files: object): Promise<CheckRun & { number: number }> => {
  await repository.commit('feature', files as typeof shelf);
  const number = await repository.openPull({ title: 'Moderation', head: 'feature', base: 'main', author: 'mia' });
  return { ...(await until(() => repository.checkRuns(repository.head(number)).at(-1), 30_000)), number };
};

const requestId = { 'x-github-request-id': 'AB12:34' };

describe('a failure between Bellows and GitHub', () => {
  it('completes the check with its own sentence and request', async () => {
    github.faults.answer('POST', /graphql/, { status: 500, headers: requestId });
    const check = await checkOf(incident);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(check.output.title).toContain('Bellows failed, not your change');
    expect(check.output.title).toContain('GitHub answered 500');
    expect(check.output.summary).toContain('AB12:34');
    expect(repository.comments(check.number)).toEqual([]);
  });

  it('passes where the settings say so, never as a success', async () => {
    await repository.commit('main', { '.github/bellows.yml': 'onError: pass\n' });
    github.faults.answer('GET', /tarball/, { status: 404 });
    expect((await checkOf(incident)).conclusion).toBe('neutral');
  });

  it('is waited out where a gateway fails for a moment', async () => {
    github.faults.answer('GET', /compare/, { status: 502 });
    github.faults.drop('POST', /graphql/);
    expect((await checkOf(incident)).output.title).not.toContain('Bellows failed');
  });

  it('says that the rate limit is used up', async () => {
    github.faults.answer('GET', /compare/, { status: 403, headers: { 'x-ratelimit-remaining': '0' } });
    expect((await checkOf(incident)).output.title).toContain('rate limit');
  });

  it('leaves the check run to tell everything where comments are not allowed', async () => {
    github.faults.answer('POST', /issues/, {
      status: 403,
      message: 'Unable to create comment because issue is locked.',
    });
    const check = await checkOf(incident);
    expect(check.conclusion).toBe('failure');
    expect(check.output.text).toContain('moderated_at');
    expect(repository.comments(check.number)).toEqual([]);
  });

  it('never doubles a comment whose answer was lost', async () => {
    github.faults.answer('POST', /issues/, { status: 502 });
    github.ledger.length = 0;
    const check = await checkOf(incident);
    expect(check.conclusion).toBe('failure');
    expect(github.ledger.filter(({ method, path }) => method === 'POST' && path.includes('/issues/'))).toHaveLength(1);
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
    const check = await checkOf({ ...expand, ...files });
    expect(check.status).toBe('completed');
    expect(check.output.title).not.toContain('Bellows failed');
  });

  it('with an unreadable migration does not turn green', async () => {
    expect((await checkOf({ [later]: '('.repeat(30_000) })).conclusion).toBe('action_required');
    expect((await checkOf({ [later]: Buffer.from([0xff, 0xfe]) })).conclusion).toBe('action_required');
  });

  it('leaves the app serving', async () => {
    expect((await checkOf(expand)).conclusion).toBe('success');
  });
});
