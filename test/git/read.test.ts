import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { type ReadOptions, readRepository } from '../../src/git/read.ts';
import { defaultSettings, SettingsError } from '../../src/settings.ts';
import { app, type Files, migrationPath, newRepository, pullRequest, type TestRepository } from './repository.ts';

function read(repository: TestRepository, options: Partial<ReadOptions>) {
  const asked = { base: null, head: null, deployed: null, settings: null, order: null };
  return readRepository({ directory: repository.directory, ...asked, ...options });
}

/** `main` with the app, and the pull request on a branch. */
function withPullRequest(before: Files = {}, change: Files = {}) {
  const repository = newRepository();
  const target = repository.commit({ ...app, ...before });
  repository.git('switch', '--quiet', '--create', 'topic');
  const head = repository.commit({ ...pullRequest, ...change });
  return { repository, target, head };
}

const textOf = (tree: { files: readonly { path: string; text: string }[] }) =>
  Object.fromEntries(tree.files.map(({ path, text }) => [path, text]));

describe('a pull request of two commits', () => {
  test('is read as its changed files with both texts, and what the target needs beside them', async () => {
    const { repository, target, head } = withPullRequest({ 'public/logo.js': 'nickname' });
    const reading = await read(repository, { base: 'main', head: 'topic' });

    expect(reading).toMatchObject({ target, base: target, head, running: target, relevant: true, unread: [] });
    expect(reading.settings).toEqual(defaultSettings);
    const [migration, schema] = [migrationPath, 'db/schema.rb'] as const;
    expect(reading.changed).toEqual([
      { path: migration, previousPath: migration, status: 'added', base: null, head: pullRequest[migration] },
      { path: schema, previousPath: schema, status: 'modified', base: app[schema], head: pullRequest[schema] },
    ]);
    expect(reading.targetTree.paths).toEqual([...Object.keys(app), 'public/logo.js'].sort());
    expect(reading.runningTree).toBe(reading.targetTree);
  });

  test('brings files for a name only where the name stands as a word', async () => {
    const { repository } = withPullRequest({ 'app/helpers/near_helper.rb': 'user.nicknames\nuser.my_nickname\n' });
    const { targetTree } = await read(repository, { base: 'main', head: 'topic' });
    const texts = textOf(targetTree);
    expect(texts['app/helpers/user_helper.rb']).toBe(app['app/helpers/user_helper.rb']);
    expect(texts['app/models/user.rb']).toBe(app['app/models/user.rb']);
    expect(Object.keys(texts)).not.toContain('app/helpers/greeting_helper.rb');
    expect(Object.keys(texts)).not.toContain('app/helpers/near_helper.rb');
  });

  test('brings files for the names that only a definition tells', async () => {
    const { repository } = withPullRequest({
      'app/models/account.rb':
        "class Account < ApplicationRecord\n  self.table_name = 'users'\n  alias_attribute :handle, :nickname\nend\n",
      'app/helpers/account_helper.rb': 'def shown(account)\n  account.handle\nend\n',
    });
    const { targetTree } = await read(repository, { base: 'main', head: 'topic' });
    expect(Object.keys(textOf(targetTree))).toContain('app/helpers/account_helper.rb');
    expect(Object.keys(textOf(targetTree))).not.toContain('app/helpers/greeting_helper.rb');
  });

  test('starts at the merge base, not at the target', async () => {
    const { repository, target } = withPullRequest();
    repository.git('switch', '--quiet', 'main');
    const moved = repository.commit({ 'app/models/user.rb': 'class User < ApplicationRecord\n  # later\nend\n' });
    const reading = await read(repository, { base: 'main', head: 'topic' });
    expect(reading).toMatchObject({ target: moved, base: target });
    expect(reading.changed.map(({ path }) => path)).toEqual([migrationPath, 'db/schema.rb']);
    expect(textOf(reading.targetTree)['app/models/user.rb']).toContain('# later');
  });

  test('keeps a changed file whole on the target, on both sides of a rename', async () => {
    const { repository } = withPullRequest(
      {},
      { 'app/helpers/greeting_helper.rb': null, 'app/helpers/hello_helper.rb': app['app/helpers/greeting_helper.rb'] },
    );
    const reading = await read(repository, { base: 'main', head: 'topic' });
    const text = app['app/helpers/greeting_helper.rb'];
    expect(reading.changed[0]).toEqual({
      path: 'app/helpers/hello_helper.rb',
      previousPath: 'app/helpers/greeting_helper.rb',
      status: 'renamed',
      base: text,
      head: text,
    });
    expect(textOf(reading.targetTree)['app/helpers/greeting_helper.rb']).toBe(text);
  });

  test('shows a deleted file with the text it had', async () => {
    const { repository } = withPullRequest({}, { 'app/helpers/user_helper.rb': null });
    const reading = await read(repository, { base: 'main', head: 'topic' });
    expect(reading.changed[0]).toMatchObject({
      path: 'app/helpers/user_helper.rb',
      status: 'deleted',
      base: app['app/helpers/user_helper.rb'],
      head: null,
    });
  });

  test('ends after the first round where nothing touches a schema', async () => {
    const repository = newRepository();
    repository.commit(app);
    repository.git('switch', '--quiet', '--create', 'topic');
    repository.commit({ 'README.md': 'hello\n' });
    const reading = await read(repository, { base: 'main', head: 'topic' });
    const nothing = { paths: [], files: [] };
    expect(reading).toMatchObject({ relevant: false, targetTree: nothing, runningTree: nothing });
    expect(reading.changed).toHaveLength(1);
  });

  test('is the same from a folder, from .git and from a bare clone', async () => {
    const { repository, head, target } = withPullRequest();
    const bare = newRepository('--bare', repository.directory);
    const [git, folder] = ['.git', 'app/models'].map((path) => join(repository.directory, path));
    const options = { base: target, head };
    const expected = await read(repository, options);
    for (const directory of [git, folder, bare.directory]) {
      expect(await read(repository, { ...options, directory: directory ?? '' })).toEqual(expected);
    }
  });
});

describe('what runs', () => {
  test('is read by itself where it is not the target', async () => {
    const { repository, target } = withPullRequest();
    repository.git('switch', '--quiet', 'main');
    repository.commit({
      'app/models/user.rb': 'class User < ApplicationRecord\n  # merged\nend\n',
      'app/models/new.rb': 'class New\nend\n',
    });
    const reading = await read(repository, { base: 'main', head: 'topic', deployed: target });
    expect(reading.running).toBe(target);
    expect(textOf(reading.runningTree)['app/models/user.rb']).toBe(app['app/models/user.rb']);
    expect(textOf(reading.targetTree)['app/models/user.rb']).toContain('# merged');
    expect(reading.runningTree.paths).not.toContain('app/models/new.rb');
    expect(textOf(reading.runningTree)['app/helpers/user_helper.rb']).toBe(app['app/helpers/user_helper.rb']);
  });
});

describe('settings', () => {
  const file = '.github/bellows.yml';

  test('are the target’s, never the head’s', async () => {
    const { repository } = withPullRequest({ [file]: 'mode: advise\n' }, { [file]: 'mode: block\n' });
    const { settings } = await read(repository, { base: 'main', head: 'topic' });
    expect(settings.mode).toBe('advise');
  });

  test('give way to those of the call, and to its deploy order', async () => {
    const { repository } = withPullRequest({ [file]: 'mode: advise\ndeploy:\n  order: offline\n' });
    const own = await read(repository, { base: 'main', head: 'topic', order: 'code-first' });
    expect(own.settings).toMatchObject({ mode: 'advise', rollouts: [{ name: null, order: 'code-first', at: null }] });
    const given = await read(repository, { base: 'main', head: 'topic', settings: defaultSettings });
    expect(given.settings).toEqual(defaultSettings);
  });

  test.each([
    ['of YAML', 'mode: [\n'],
    ['of an unknown key', 'mode: advise\nmoed: block\n'],
  ])('that are broken because %s end the reading', async (_, text) => {
    const { repository } = withPullRequest({ [file]: text });
    const failed = read(repository, { base: 'main', head: 'topic' });
    await expect(failed).rejects.toThrow(SettingsError);
    await expect(failed).rejects.toThrow(/^\.github\/bellows\.yml:\d+: /);
  });

  test('that the pull request itself brings are tried and not applied', async () => {
    const text = 'mode: advise\nhazards:\n  no-such-hazard: { severity: off }\n';
    const unread = [
      {
        path: file,
        line: 3,
        reason: expect.stringMatching(
          /^these settings cannot be used \(`hazards\.no-such-hazard`: no such hazard, .*\): until this is merged those of the target hold$/,
        ) as string,
      },
    ];
    for (const change of [{ ...pullRequest, [file]: text }, { [file]: text }]) {
      const repository = newRepository();
      repository.commit(app);
      repository.git('switch', '--quiet', '--create', 'topic');
      repository.commit(change);
      for (const head of ['topic', null]) {
        const reading = await read(repository, { base: 'main', head });
        expect(reading).toMatchObject({ settings: defaultSettings, unread });
      }
      const given = await read(repository, { base: 'main', head: 'topic', settings: defaultSettings });
      expect(given).toMatchObject({ unread });
    }
  });

  test('that the pull request brings and that can be used, or takes away, are no gap', async () => {
    for (const text of ['mode: advise\n', null]) {
      const { repository } = withPullRequest({ [file]: 'mode: block\n' }, { [file]: text });
      expect(await read(repository, { base: 'main', head: 'topic' })).toMatchObject({ unread: [] });
    }
  });

  test('that are a link or no text end it too: the defaults are not what was meant', async () => {
    const repository = newRepository();
    repository.write({ '.github/other.yml': 'mode: advise\n' });
    symlinkSync('other.yml', join(repository.directory, file));
    repository.commit(app);
    await expect(read(repository, { base: 'main', head: 'main' })).rejects.toThrow(
      '.github/bellows.yml:1: cannot be used, it is a symbolic link',
    );
  });
});

describe('files that cannot be read', () => {
  const wanted = 'app/models/odd.rb';

  test.each<[string, string | Buffer, string]>([
    ['invalid UTF-8', Buffer.from('class Odd\n  # caf\xe9\nend\n', 'latin1'), 'it is not valid UTF-8'],
    ['NUL bytes', 'class Odd\0end\n', 'it is binary'],
    ['5 MB', `class Odd\n${'# x\n'.repeat(1_310_720)}end\n`, 'it is longer than 1 MB'],
    [
      'a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n',
      'it is a Git LFS pointer',
    ],
  ])('%s: named with the reason, on the target and in the change, and never fatal', async (_, content, reason) => {
    const before = withPullRequest({ [wanted]: content });
    const onTarget = await read(before.repository, { base: 'main', head: 'topic' });
    expect(onTarget.unread).toEqual([{ path: wanted, line: 1, reason }]);
    expect(onTarget.targetTree.paths).toContain(wanted);
    expect(Object.keys(textOf(onTarget.targetTree))).not.toContain(wanted);

    const after = withPullRequest({}, { [wanted]: content, 'public/logo.png': content });
    const inChange = await read(after.repository, { base: 'main', head: 'topic' });
    expect(inChange.unread).toEqual([{ path: wanted, line: 1, reason }]);
    expect(inChange.changed.find(({ path }) => path === wanted)).toMatchObject({
      status: 'added',
      base: null,
      head: null,
    });
  });

  test('links and submodules have no text', async () => {
    const repository = newRepository();
    const target = repository.commit(app);
    symlinkSync('user.rb', join(repository.directory, wanted));
    repository.git('update-index', '--add', '--cacheinfo', `160000,${target},app/models/engine.rb`);
    repository.git('add', wanted);
    repository.git('commit', '--quiet', '--message', 'odd');
    const head = repository.git('rev-parse', 'HEAD');
    const { unread } = await read(repository, { base: target, head });
    expect(unread).toEqual([
      { path: 'app/models/engine.rb', line: 1, reason: 'it is a submodule' },
      { path: wanted, line: 1, reason: 'it is a symbolic link' },
    ]);
  });

  test('a byte order mark is no part of the text', async () => {
    const { repository } = withPullRequest({}, { [wanted]: '\uFEFFclass Odd\nend\n' });
    const { changed } = await read(repository, { base: 'main', head: 'topic' });
    expect(changed.find(({ path }) => path === wanted)?.head).toBe('class Odd\nend\n');
  });
});

test('any file name is read as it is', async () => {
  const names = [
    'a b',
    "it's",
    '"quoted"',
    'line\nbreak',
    'tab\there',
    'grüße',
    '日本',
    '-x',
    ':(glob)*',
    '\\',
    '$(id)',
  ];
  const paths = names.map((name) => `app/models/${name}.rb`).sort();
  const files = Object.fromEntries(paths.map((path) => [path, `# ${path.length}\n`]));
  const moved = Object.fromEntries(paths.map((path) => [path, `# ${path.length}!\n`]));
  const { repository } = withPullRequest(files, moved);
  const { changed, targetTree, unread } = await read(repository, { base: 'main', head: 'topic' });
  const own = changed.filter(({ path }) => path in files);
  expect(own.map(({ path, base, head }) => [path, base, head])).toEqual(
    paths.map((path) => [path, files[path], moved[path]]),
  );
  expect(textOf(targetTree)).toMatchObject(files);
  expect(unread).toEqual([]);
});

test('reads repositories whose ids are SHA-256', async () => {
  const repository = newRepository();
  repository.git('init', '--quiet', '--object-format=sha256', '--initial-branch=main', 'other');
  const git = (...args: string[]) => repository.git('-C', 'other', ...args);
  repository.write(Object.fromEntries(Object.entries(app).map(([path, text]) => [`other/${path}`, text])));
  git('add', '--all');
  git('commit', '--quiet', '--message', 'app');
  repository.write({ 'other/app/models/user.rb': 'class User\nend\n' });
  const reading = await read(repository, { directory: join(repository.directory, 'other') });
  expect(reading.target).toHaveLength(64);
  expect(reading.changed.map(({ path }) => path)).toEqual(['app/models/user.rb']);
});
