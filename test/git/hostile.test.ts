import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { type ReadOptions, readRepository } from '../../src/git/read.ts';
import {
  app,
  type Files,
  migrationPath,
  newRepository,
  pullRequest,
  type TestRepository,
  temporaryFolder,
} from './repository.ts';

function read(repository: TestRepository, options: Partial<ReadOptions> = {}) {
  const asked = { base: 'main', head: null, deployed: null, settings: null, order: null };
  return readRepository({ directory: repository.directory, ...asked, ...options });
}

function withPullRequest(before: Files = {}, change: Files = {}) {
  const repository = newRepository();
  repository.commit({ ...app, ...before });
  repository.git('switch', '--quiet', '--create', 'topic');
  repository.commit({ ...pullRequest, ...change });
  return repository;
}

/** Puts an object into the repository that git's own commands would refuse to make; its id. */
function forge(repository: TestRepository, type: 'tree' | 'commit', content: Buffer): string {
  const args = ['hash-object', '-w', '-t', type, '--literally', '--stdin'];
  return execFileSync('git', args, { cwd: repository.directory, input: content }).toString().trim();
}

type TreeEntry = readonly [mode: string, name: string | Buffer, id: string];

function treeOf(repository: TestRepository, entries: readonly TreeEntry[]): string {
  const parts = entries.map(([mode, name, id]) =>
    Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.of(0), Buffer.from(id, 'hex')]),
  );
  return forge(repository, 'tree', Buffer.concat(parts));
}

function commitOf(repository: TestRepository, tree: string, ...parents: readonly string[]): string {
  const who = 'A <a@example.com> 1700000000 +0000';
  const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${who}`, `committer ${who}`];
  return forge(repository, 'commit', Buffer.from(`${lines.join('\n')}\n\nforged\n`));
}

function blobOf(repository: TestRepository, text: string): string {
  const args = ['hash-object', '-w', '--stdin'];
  return execFileSync('git', args, { cwd: repository.directory, input: text }).toString().trim();
}

describe('a path', () => {
  test('that leads out of the work tree is never followed', async () => {
    const repository = newRepository();
    repository.commit(app);
    const outside = join(repository.directory, '..', 'app', 'models');
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, 'secret.rb'), 'class Secret\n  KEY = 1\nend\n');
    const blob = blobOf(repository, 'class Secret\nend\n');
    const models = treeOf(repository, [['100644', 'secret.rb', blob]]);
    const up = treeOf(repository, [['40000', 'app', treeOf(repository, [['40000', 'models', models]])]]);
    const base = commitOf(repository, treeOf(repository, [['40000', '..', up]]), repository.git('rev-parse', 'HEAD'));
    repository.git('update-ref', 'refs/heads/odd', base);
    repository.git('reset', '--quiet', '--soft', 'odd');
    const { changed } = await read(repository, { base: 'odd' });
    expect(JSON.stringify(changed)).not.toContain('KEY');
  });

  test('that is not UTF-8 is named as unread where it cannot be told, and hides no other', async () => {
    const repository = newRepository();
    repository.commit(app);
    const models = ['caf\xe9.rb', 'caf\xe8.rb'].map((name) =>
      Buffer.concat([Buffer.from(`${repository.directory}/app/models/`), Buffer.from(name, 'latin1')]),
    );
    for (const [index, location] of models.entries()) writeFileSync(location, `class Cafe${index}\nend\n`);
    const untracked = await read(repository);
    expect(untracked.unread.map(({ path, reason }) => [path, reason])).toEqual([
      ['app/models/caf\ufffd.rb', 'its name is not valid UTF-8'],
    ]);
    repository.commit({});
    for (const [index, location] of models.entries()) writeFileSync(location, `class Cafe${index}\n  # more\nend\n`);
    const modified = await read(repository);
    expect(modified.changed.map(({ status }) => status)).not.toContain('deleted');
    expect(modified.unread.map(({ path, reason }) => [path, reason])).toEqual([
      ['app/models/caf\ufffd.rb', 'its name is not valid UTF-8'],
    ]);
  });

  test('twice in one tree, empty, or with a slash in its name ends no reading', async () => {
    const repository = newRepository();
    const target = repository.commit(app);
    const blob = blobOf(repository, 'class Twice\nend\n');
    const odd = treeOf(repository, [
      ['100644', 'twice.rb', blob],
      ['100644', 'twice.rb', blobOf(repository, 'class Other\nend\n')],
      ['100644', 'with/slash.rb', blob],
      ['100666', 'mode.rb', blob],
    ]);
    const tree = treeOf(repository, [['40000', 'app', treeOf(repository, [['40000', 'models', odd]])]]);
    const head = commitOf(repository, tree, target);
    const { changed } = await read(repository, { head });
    expect(changed.map(({ path }) => path)).toContain('app/models/mode.rb');
  });
});

describe('what is no file', () => {
  test.each([
    ['.github/bellows.yml', 'app/models/user.rb'],
    ['db/schema.rb', '/etc/passwd'],
    ['app/models/loop.rb', 'loop.rb'],
  ])('a link as %s is never followed: at the head', async (path, to) => {
    const repository = newRepository();
    repository.commit(app);
    repository.git('switch', '--quiet', '--create', 'topic');
    repository.commit({ [migrationPath]: pullRequest[migrationPath] });
    if (path in app) repository.git('rm', '--quiet', path);
    mkdirSync(join(repository.directory, path, '..'), { recursive: true });
    symlinkSync(to, join(repository.directory, path));
    for (const head of [null, 'topic']) {
      const { unread, changed } = await read(repository, { head });
      expect(unread.map(({ path, reason }) => [path, reason])).toEqual([[path, 'it is a symbolic link']]);
      expect(changed.find((each) => each.path === path)?.head).toBeNull();
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '--allow-empty', '--message', 'link');
    }
  });

  test('a folder by the name of the settings is no settings', async () => {
    const repository = withPullRequest({ '.github/bellows.yml/a': 'mode: advise\n' });
    await expect(read(repository, { head: 'topic' })).rejects.toThrow(
      '.github/bellows.yml:1: cannot be used, it is a folder',
    );
  });
});

describe('programs that a repository names', () => {
  function spy() {
    const folder = temporaryFolder();
    const [program, mark] = [join(folder, 'spy'), join(folder, 'mark')];
    writeFileSync(program, `#!/bin/sh\ntouch "${mark}"\ncat\n`, { mode: 0o755 });
    return { program, mark };
  }

  test('never run to fetch what a partial clone lacks', async () => {
    const origin = withPullRequest();
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const clone = newRepository('--filter=blob:none', '--no-checkout', `file://${origin.directory}`);
    const { program, mark } = spy();
    const how = [
      ['remote.origin.url', `ext::${program}`],
      ['protocol.ext.allow', 'always'],
      ['protocol.allow', 'always'],
      ['core.sshCommand', program],
      ['core.gitProxy', program],
      ['core.askPass', program],
      ['credential.helper', `!${program}`],
      ['remote.origin.uploadpack', program],
      ['core.alternateRefsCommand', program],
      ['core.pager', program],
      ['core.editor', program],
      ['uploadpack.packObjectsHook', program],
      ['gpg.program', program],
    ] as const;
    for (const url of [`ext::${program}`, 'ssh://localhost/x', 'git://localhost/x', `file://${origin.directory}`]) {
      for (const [key, value] of how) clone.git('config', key, key === 'remote.origin.url' ? url : value);
      const { unread } = await read(clone, { base: 'origin/main', head: 'origin/topic' });
      expect(unread.every(({ reason }) => reason === 'its content is not in this clone')).toBe(true);
      expect(unread.length).toBeGreaterThan(0);
    }
    expect(existsSync(mark)).toBe(false);
  });

  test('never run from a file that its configuration includes, from hooks, or as an alias', async () => {
    const repository = withPullRequest();
    const { program, mark } = spy();
    const included = join(temporaryFolder(), 'included');
    writeFileSync(
      included,
      `[core]\n\tfsmonitor = ${program}\n\tpager = ${program}\n[filter "late"]\n\tclean = ${program}\n\tprocess = ${program}\n\trequired = true\n[alias]\n\trev-parse = !${program}\n\tls-tree = !${program}\n[diff]\n\texternal = ${program}\n`,
    );
    repository.git('config', 'include.path', included);
    for (const hook of [
      'post-index-change',
      'post-checkout',
      'reference-transaction',
      'pre-auto-gc',
      'fsmonitor-watchman',
    ]) {
      writeFileSync(join(repository.directory, '.git', 'hooks', hook), readFileSync(program), { mode: 0o755 });
    }
    writeFileSync(join(repository.directory, '.git', 'info', 'attributes'), '* filter=late diff=late\n');
    repository.write({
      'app/models/user.rb': 'class User\n  # changed\nend\n',
      'app/models/new.rb': 'class New\nend\n',
    });
    await read(repository);
    await read(repository, { head: 'topic' });
    expect(existsSync(mark)).toBe(false);
  });
});

describe('history that was tampered with', () => {
  test('replaced objects and grafts do not count', async () => {
    const repository = withPullRequest();
    const [target, head] = ['main', 'topic'].map((name) => repository.git('rev-parse', name)) as [string, string];
    const expected = await read(repository, { base: target, head });
    const other = repository.commit({ 'app/models/user.rb': 'class User\n  # other\nend\n' });
    repository.git('replace', head, other);
    writeFileSync(join(repository.directory, '.git', 'info', 'grafts'), `${head}\n`);
    expect(await read(repository, { base: target, head })).toEqual(expected);
  });

  test('a branch that a tag or a file shares its name with is found', async () => {
    const repository = withPullRequest({ main: 'a file\n' });
    expect(await read(repository, { base: 'main', head: 'topic' })).toMatchObject({ relevant: true });
  });
});

describe('a tree', () => {
  test('that lists more than any repository has ends with a sentence', async () => {
    const repository = newRepository();
    const target = repository.commit(app);
    let tree = treeOf(repository, [['100644', 'x.rb', blobOf(repository, 'x = 1\n')]]);
    for (let level = 0; level < 10; level++) {
      tree = treeOf(
        repository,
        Array.from({ length: 10 }, (_, index): TreeEntry => ['40000', `d${index}`, tree]),
      );
    }
    const head = commitOf(repository, tree, target);
    await expect(read(repository, { head })).rejects.toThrow(/^git listed more than 256 MB of paths in /);
  }, 120_000);

  test('that is 2,000 folders deep is read', async () => {
    const repository = newRepository();
    repository.commit(app);
    const path = `${'d/'.repeat(2000)}x.rb`;
    const input = `commit refs/heads/deep\ncommitter A <a@example.com> 1 +0000\ndata 0\nfrom refs/heads/main\nM 644 inline ${path}\ndata 2\nx\n`;
    execFileSync('git', ['fast-import', '--quiet'], { cwd: repository.directory, input });
    const { changed } = await read(repository, { head: 'deep' });
    expect(changed.map((each) => each.path)).toEqual([path]);
  });

  test('of which only a part is checked out has the rest as the index has it', async () => {
    const repository = withPullRequest();
    repository.git('sparse-checkout', 'set', '--no-cone', '/app/helpers/');
    expect(existsSync(join(repository.directory, 'db'))).toBe(false);
    const { changed } = await read(repository);
    expect(changed.map(({ path, status, head }) => [path, status, head])).toEqual([
      [migrationPath, 'added', pullRequest[migrationPath]],
      ['db/schema.rb', 'modified', pullRequest['db/schema.rb']],
    ]);
  });
});

test('texts that nothing is wanted of do not fill the memory', async () => {
  const repository = newRepository();
  repository.commit(app);
  repository.git('switch', '--quiet', '--create', 'topic');
  repository.commit({ ...pullRequest, 'public/data.json': '[1]\n'.repeat(1000) });
  repository.write({ 'public/data.json': '[2]\n'.repeat(1000) });
  for (const head of ['topic', null]) {
    const { changed } = await read(repository, { head });
    expect(changed.find(({ path }) => path === 'public/data.json')).toMatchObject({ base: null, head: null });
  }
});

test('a work tree without a commit says so', async () => {
  const repository = newRepository();
  repository.write(app);
  await expect(read(repository)).rejects.toThrow(/^no commit /);
  await expect(read(repository, { base: null })).rejects.toThrow(/commit something first|neither origin/);
  const other = withPullRequest();
  other.git('checkout', '--quiet', '--orphan', 'empty');
  await expect(read(other)).rejects.toThrow(/no commit `HEAD` \(the work tree\) .*: commit something first/);
});

test.each([
  '-x',
  '--output=x',
  '--help',
  '-',
  '--',
  '@{-99}',
  'main..topic',
  '^main',
  ':/x',
  ':app',
  'main:app',
  '\u0000',
  '',
])('the revision %j is none', async (revision) => {
  const repository = withPullRequest();
  for (const options of [{ base: revision }, { head: revision }, { deployed: revision, head: 'topic' }]) {
    await expect(read(repository, options)).rejects.toThrow(/^no commit /);
  }
  expect(spawnSync('ls', { cwd: repository.directory }).stdout.toString()).not.toContain('x\n');
});
