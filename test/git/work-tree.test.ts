import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { readRepository } from '../../src/git/read.ts';
import { app, migrationPath, newRepository, pullRequest, type TestRepository, temporaryFolder } from './repository.ts';

function read(repository: TestRepository) {
  return readRepository({
    directory: repository.directory,
    ...{ base: 'main', head: null, deployed: null, settings: null, order: null },
  });
}

function withApp(): TestRepository {
  const repository = newRepository();
  repository.commit(app);
  repository.git('switch', '--quiet', '--create', 'topic');
  return repository;
}

async function changes(repository: TestRepository) {
  const { changed } = await read(repository);
  return changed.map(({ path, status }) => `${status} ${path}`);
}

const user = 'app/models/user.rb';

describe('the work tree as the head', () => {
  test('has what is committed, staged, changed and new, each once', async () => {
    const repository = withApp();
    repository.commit({ [migrationPath]: pullRequest[migrationPath] });
    repository.write({ 'db/schema.rb': pullRequest['db/schema.rb'] });
    repository.git('add', 'db/schema.rb');
    repository.write({ [user]: 'class User < ApplicationRecord\n  # first\nend\n' });
    repository.git('add', user);
    repository.write({
      [user]: 'class User < ApplicationRecord\n  # second\nend\n',
      'app/models/new.rb': 'class New\nend\n',
    });

    const reading = await read(repository);
    expect(reading).toMatchObject({ head: null, relevant: true, unread: [] });
    expect(reading.base).toBe(reading.target);
    expect(reading.changed.map(({ path, status, head }) => [path, status, head])).toEqual([
      ['app/models/new.rb', 'added', 'class New\nend\n'],
      [user, 'modified', 'class User < ApplicationRecord\n  # second\nend\n'],
      [migrationPath, 'added', pullRequest[migrationPath]],
      ['db/schema.rb', 'modified', pullRequest['db/schema.rb']],
    ]);
    expect(reading.changed[1]?.base).toBe(app[user]);
  });

  test('is left as it was, the index too', async () => {
    const repository = withApp();
    repository.write({ [user]: 'class User\nend\n' });
    const index = join(repository.directory, '.git', 'index');
    const before = readFileSync(index);
    await read(repository);
    expect(readFileSync(index)).toEqual(before);
  });

  test('has no file that is ignored, untouched, or only touched', async () => {
    const repository = withApp();
    repository.commit({ '.gitignore': 'app/models/secret.rb\n' });
    repository.write({ 'app/models/secret.rb': 'class Secret\nend\n' });
    utimesSync(join(repository.directory, user), 1, 1);
    expect(await changes(repository)).toEqual(['added .gitignore']);
  });

  test('has no file that was changed on the branch and changed back', async () => {
    const repository = withApp();
    repository.commit({ [user]: 'class User\nend\n' });
    repository.write({ [user]: app[user] });
    expect(await changes(repository)).toEqual([]);
  });

  test('shows what is deleted, also where the index still has it', async () => {
    const repository = withApp();
    repository.git('rm', '--quiet', 'app/helpers/user_helper.rb');
    repository.write({ [user]: null });
    expect(await changes(repository)).toEqual(['deleted app/helpers/user_helper.rb', `deleted ${user}`]);
  });

  test('shows a file that only the index forgot as what it is', async () => {
    const repository = withApp();
    repository.git('rm', '--quiet', '--cached', user, 'db/schema.rb');
    repository.write({ [user]: 'class User\nend\n' });
    const { changed } = await read(repository);
    expect(changed.map(({ path, status, base }) => [path, status, base])).toEqual([[user, 'modified', app[user]]]);
  });

  test('pairs a file that moved, the same or half of it', async () => {
    const repository = withApp();
    const long = `class Long\n${'  # a line of its own\n'.repeat(10)}end\n`;
    repository.commit({ 'app/models/long.rb': long });
    repository.git('branch', '--force', 'main', 'topic');
    mkdirSync(join(repository.directory, 'app/models/deep'));
    renameSync(join(repository.directory, user), join(repository.directory, 'app/models/deep/user.rb'));
    repository.write({ 'app/models/long.rb': null, 'app/models/deep/long.rb': long.replace('Long', 'Deep::Long') });
    const { changed } = await read(repository);
    expect(changed.map(({ path, previousPath, status, base }) => [path, previousPath, status, base])).toEqual([
      ['app/models/deep/long.rb', 'app/models/long.rb', 'renamed', long],
      ['app/models/deep/user.rb', user, 'renamed', app[user]],
    ]);
  });

  test('shows a conflict as what stands in the file', async () => {
    const repository = withApp();
    repository.commit({ [user]: 'class User\n  # topic\nend\n' });
    repository.git('switch', '--quiet', 'main');
    repository.commit({ [user]: 'class User\n  # main\nend\n' });
    repository.git('switch', '--quiet', 'topic');
    expect(() => repository.git('merge', '--quiet', 'main')).toThrow();
    const { changed } = await read(repository);
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatchObject({ path: user, status: 'modified', base: app[user] });
    expect(changed[0]?.head).toContain('<<<<<<<');
  });

  test('has no file whose line breaks alone git changed', async () => {
    const repository = withApp();
    repository.write({
      [user]: app[user].replaceAll('\n', '\r\n'),
      'db/schema.rb': pullRequest['db/schema.rb'].replaceAll('\n', '\r\n'),
    });
    const { changed } = await read(repository);
    expect(changed.map(({ path, head }) => [path, head])).toEqual([['db/schema.rb', pullRequest['db/schema.rb']]]);
  });

  test('says what it could not read', async () => {
    const repository = withApp();
    repository.write({
      'app/models/long.rb': '# x\n'.repeat(1_310_720),
      'app/models/latin.rb': Buffer.from('# \xe9\n', 'latin1'),
    });
    symlinkSync('/etc/passwd', join(repository.directory, 'app/models/link.rb'));
    execFileSync('sh', ['-c', 'mkfifo app/models/pipe.rb'], { cwd: repository.directory });
    const { changed, unread } = await read(repository);
    expect(changed.every(({ head }) => head === null)).toBe(true);
    expect(unread.map(({ path, reason }) => [path, reason])).toEqual([
      ['app/models/latin.rb', 'it is not valid UTF-8'],
      ['app/models/link.rb', 'it is a symbolic link'],
      ['app/models/long.rb', 'it is longer than 1 MB'],
    ]);
  });

  test('ends where a folder leads elsewhere', async () => {
    const repository = withApp();
    const outside = temporaryFolder();
    renameSync(join(repository.directory, 'app/models'), join(outside, 'models'));
    symlinkSync(join(outside, 'models'), join(repository.directory, 'app/models'));
    const { changed } = await read(repository);
    expect(changed).toEqual([{ path: user, previousPath: user, status: 'deleted', base: app[user], head: null }]);
  });

  test('a link is never taken for the file that holds the same bytes', async () => {
    const repository = newRepository();
    repository.commit({ ...app, 'app/models/same.rb': 'user.rb' });
    symlinkSync('user.rb', join(repository.directory, 'app/models/link.rb'));
    const { targetTree, unread } = await read(repository);
    expect(targetTree.files.find(({ path }) => path === 'app/models/same.rb')?.text).toBe('user.rb');
    expect(unread.map(({ path }) => path)).toEqual(['app/models/link.rb']);
  });
});

describe('programs that a repository’s configuration names', () => {
  function spy(repository: TestRepository) {
    const [program, mark] = ['spy', 'mark'].map((name) => join(temporaryFolder(), name));
    repository.write({});
    execFileSync('sh', ['-c', `printf '#!/bin/sh\\ntouch "%s"\\ncat\\n' '${mark}' > '${program}'`]);
    chmodSync(program ?? '', 0o755);
    return { program: program ?? '', ran: () => existsSync(mark ?? '') };
  }

  test('never run: filters, fsmonitor, hooks, diff drivers', async () => {
    const repository = withApp();
    const { program, ran } = spy(repository);
    repository.write({ '.gitattributes': '* filter=spy diff=spy\n' });
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'attributes');
    for (const key of [
      'filter.spy.clean',
      'filter.spy.smudge',
      'core.fsmonitor',
      'diff.external',
      'diff.spy.command',
      'diff.spy.textconv',
    ]) {
      repository.git('config', key, program);
    }
    repository.git('config', 'filter.spy.required', 'true');
    // A file as new as the index is compared by its content, and that is where git would run the filter.
    repository.write({ [user]: app[user].replace('User', 'Uses') });
    const now = new Date();
    for (const path of [user, 'db/schema.rb', '.git/index']) utimesSync(join(repository.directory, path), now, now);
    expect(await changes(repository)).toEqual(['added .gitattributes', `modified ${user}`]);
    expect(ran()).toBe(false);

    repository.git('status');
    expect(ran()).toBe(true);
  });

  test('are refused where they cannot be switched off', async () => {
    const repository = withApp();
    repository.git('config', 'filter.a=b.clean', 'true');
    await expect(read(repository)).rejects.toThrow(/filter named `filter\.a=b`: name a commit with --head/);
  });
});
