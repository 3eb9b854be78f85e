import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { readRepository } from '../../src/git/read.ts';
import {
  app,
  type Files,
  migrationPath,
  newRepository,
  pullRequest,
  type TestRepository,
  temporaryFolder,
} from './repository.ts';

const long = '# a comment\n'.repeat(1000);

/** A clone that lacks every blob of more than 2 kB, and the commits of a pull request in it. */
function partialClone(before: Files, change: Files, filter = 'blob:limit=2k') {
  const origin = newRepository();
  const base = origin.commit({ ...app, ...before });
  const head = origin.commit({ ...pullRequest, ...change });
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const clone = newRepository('--bare', '--no-local', `--filter=${filter}`, `file://${origin.directory}`);
  return { clone, base, head };
}

function read(clone: TestRepository, base: string, head: string) {
  return readRepository({ directory: clone.directory, base, head, deployed: null, settings: null, order: null });
}

test('what a partial clone lacks is unread, and the rest is reviewed', async () => {
  const before = { 'app/models/old.rb': long, 'app/helpers/old_helper.rb': long, 'public/old.js': long };
  const { clone, base, head } = partialClone(before, { 'app/models/user.rb': `${app['app/models/user.rb']}${long}` });
  clone.git('remote', 'remove', 'origin');

  const reading = await read(clone, base, head);
  const reason = 'its content is not in this clone';
  expect(reading.unread).toEqual([
    { path: 'app/helpers/old_helper.rb', line: 1, reason },
    { path: 'app/models/old.rb', line: 1, reason },
    { path: 'app/models/user.rb', line: 1, reason },
  ]);
  const [model, migration] = ['app/models/user.rb', migrationPath].map((path) =>
    reading.changed.find((file) => file.path === path),
  );
  expect(model).toMatchObject({ status: 'modified', base: app['app/models/user.rb'], head: null });
  expect(migration?.head).toBe(pullRequest[migrationPath]);
  expect(reading.targetTree.files.map(({ path }) => path)).toContain('app/models/user.rb');
});

test('nothing is fetched, though the remote is there and git would', async () => {
  const { clone, base, head } = partialClone({ 'app/models/old.rb': long }, {});
  const mark = join(temporaryFolder(), 'mark');
  const program = join(temporaryFolder(), 'spy');
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\nexec git-upload-pack "$@"\n`);
  chmodSync(program, 0o755);
  clone.git('config', 'remote.origin.uploadpack', program);
  clone.git('config', 'protocol.file.allow', 'always');

  const { unread } = await read(clone, base, head);
  expect(unread.map(({ path }) => path)).toEqual(['app/models/old.rb']);
  expect(existsSync(mark)).toBe(false);

  clone.git('cat-file', '-p', `${base}:app/models/old.rb`);
  expect(existsSync(mark)).toBe(true);
});

test('a rename is told by its id where similarity cannot be', async () => {
  const { clone, base, head } = partialClone(
    { 'app/models/a.rb': long, 'app/models/b.rb': `${long}# b\n` },
    {
      ...{ 'app/models/a.rb': null, 'app/models/b.rb': null },
      ...{ 'app/models/c.rb': long, 'app/models/d.rb': `${long}# d\n` },
    },
  );
  clone.git('remote', 'remove', 'origin');
  const { changed } = await read(clone, base, head);
  const own = changed.filter(({ path }) => path.startsWith('app/'));
  expect(own.map(({ path, previousPath, status }) => [status, previousPath, path])).toEqual([
    ['deleted', 'app/models/b.rb', 'app/models/b.rb'],
    ['renamed', 'app/models/a.rb', 'app/models/c.rb'],
    ['added', 'app/models/d.rb', 'app/models/d.rb'],
  ]);
});

test('settings that a clone lacks are no reason to take the defaults', async () => {
  const { clone, base, head } = partialClone({ '.github/bellows.yml': `${long}mode: advise\n` }, {});
  clone.git('remote', 'remove', 'origin');
  await expect(read(clone, base, head)).rejects.toThrow('.github/bellows.yml:1: cannot be used, its content is not');
});

test('a clone without trees says what git says', async () => {
  const { clone, base, head } = partialClone({}, {}, 'tree:0');
  clone.git('remote', 'remove', 'origin');
  await expect(read(clone, base, head)).rejects.toThrow(/^git could not read .*: fetch what is absent/);
});

test('a damaged object is unread too', async () => {
  const repository = newRepository();
  const base = repository.commit(app);
  const head = repository.commit(pullRequest);
  const id = repository.git('rev-parse', 'HEAD:db/schema.rb');
  const object = join(repository.directory, '.git/objects', id.slice(0, 2), id.slice(2));
  rmSync(object);
  writeFileSync(object, 'damaged');
  const { unread } = await read(repository, base, head);
  expect(unread.map(({ path }) => path)).toEqual(['db/schema.rb']);
});
