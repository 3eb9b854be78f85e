import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { app, type Files, migrationPath, newRepository, pullRequest, temporaryFolder } from '../git/repository.ts';
import { bellows } from './bellows.ts';

function withPullRequest(before: Files = {}, change: Files = {}) {
  const repository = newRepository();
  const target = repository.commit({ ...app, ...before });
  repository.git('switch', '--quiet', '--create', 'topic');
  const head = repository.commit({ ...pullRequest, ...change });
  return { repository, target, head, cwd: repository.directory };
}

const order = ['--deploy-order', 'migrations-first'];

describe('the exit status', () => {
  test('is 1 where running code uses what is taken away, and the answer stands on stdout alone', async () => {
    const { cwd } = withPullRequest();
    const { status, stdout, stderr } = await bellows(['review', '--head', 'topic', ...order], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^UNSAFE/);
    expect(stdout).toContain('app/helpers/user_helper.rb');
    expect(status).toBe(1);
  });

  test('is 0 where nothing touches a schema', async () => {
    const { cwd, repository } = withPullRequest();
    repository.git('switch', '--quiet', '--create', 'words', 'main');
    repository.commit({ 'README.md': 'hello\n' });
    const { status, stdout, stderr } = await bellows(['review'], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });

  test.each<[string, string | Buffer]>([
    ['does not parse', 'class Broken < ActiveRecord::Migration[7.0]\n  def change\n    add_column(((\n'],
    ['is invalid UTF-8', Buffer.from('class Broken < ActiveRecord::Migration[7.0]\n  # \xe9\nend\n', 'latin1')],
    ['has 5 MB', `class Broken < ActiveRecord::Migration[7.0]\n${'# x\n'.repeat(1_310_720)}end\n`],
    ['nests 30 KB deep', `class Broken < ActiveRecord::Migration[7.0]\n  def change\n    ${'('.repeat(30_000)}\n`],
  ])('is 2 where a migration %s', async (_, text) => {
    const repository = newRepository();
    repository.commit(app);
    repository.git('switch', '--quiet', '--create', 'topic');
    const path = 'db/migrate/20240103000000_broken.rb';
    repository.commit({ [path]: text });
    const { status, stdout, stderr } = await bellows(['review', '--format', 'json'], { cwd: repository.directory });
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    const review = JSON.parse(stdout) as { verdict: string; unread: { path: string }[] };
    expect(review.verdict).toBe('unreadable');
    expect(review.unread.map((each) => each.path)).toContain(path);
  });

  test('does not change with the mode', async () => {
    const { cwd } = withPullRequest({ '.github/bellows.yml': 'mode: advise\ndeploy:\n  order: migrations-first\n' });
    expect(await bellows(['review'], { cwd })).toMatchObject({ status: 1, stderr: '' });
  });
});

describe('what is reviewed', () => {
  test('names the three commits in JSON, and nothing but JSON is printed', async () => {
    const { cwd, target, head } = withPullRequest();
    const args = ['review', '--base', 'main', '--head', 'topic', '--format', 'json', ...order];
    const { stdout, stderr } = await bellows(args, { cwd });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, verdict: 'unsafe', target, base: target, head });
    expect(stdout.endsWith('}\n')).toBe(true);
  });

  test('is the work tree without --head', async () => {
    const repository = newRepository();
    const target = repository.commit(app);
    repository.write({ [migrationPath]: pullRequest[migrationPath] });
    const call = { cwd: join(repository.directory, 'app') };
    const { status, stdout } = await bellows(['review', '--format', 'json', ...order], call);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'unsafe', base: target, head: null });
    expect(status).toBe(1);
  });

  test('is the same in a bare repository', async () => {
    const { cwd } = withPullRequest();
    const bare = newRepository('--bare', cwd);
    const args = ['review', '--base', 'main', '--head', 'topic', '--format', 'json', ...order];
    expect(await bellows([...args, '--repo', bare.directory])).toEqual(await bellows(args, { cwd }));
  });

  test('follows --deploy-order before the settings, and --config before the target’s', async () => {
    const { cwd } = withPullRequest({ '.github/bellows.yml': 'deploy:\n  order: offline\n' });
    const config = join(temporaryFolder(), 'own.yml');
    writeFileSync(config, 'deploy:\n  order: migrations-first\n');
    const ordersOf = async (...args: string[]) => {
      const { stdout } = await bellows(['review', '--format', 'json', ...args], { cwd });
      return (JSON.parse(stdout) as { deploys: { order: string }[] }).deploys.map((each) => each.order);
    };
    expect(await ordersOf()).toEqual(['offline']);
    expect(await ordersOf('--config', config)).toEqual(['migrations-first']);
    expect(await ordersOf('--config', config, '--deploy-order', 'rolling')).toEqual(['rolling']);
  });

  test.each(['markdown', 'sarif'])('can be had as %s', async (format) => {
    const { cwd } = withPullRequest();
    const { status, stdout, stderr } = await bellows(['review', '--format', format, ...order], { cwd });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('nickname');
  });

  test('may have files of any name', async () => {
    const names = ['a b', '"q"', "it's", 'line\nbreak', 'grüße', '-x'].map((name) => `app/models/${name}.rb`);
    const { cwd } = withPullRequest({}, Object.fromEntries(names.map((name) => [name, 'class Odd\nend\n'])));
    const { status, stderr } = await bellows(['review', ...order], { cwd });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  });
});
