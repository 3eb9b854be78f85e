import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { findCommits } from '../../src/git/commits.ts';
import { GitError } from '../../src/git/git-error.ts';
import { findRepository } from '../../src/git/place.ts';
import { newRepository, temporaryFolder } from './repository.ts';

async function commits(directory: string, asked: { base?: string; head?: string | null; deployed?: string } = {}) {
  const { base = null, head = 'HEAD', deployed = null } = asked;
  return findCommits(await findRepository(directory), { base, head, deployed });
}

function linear() {
  const repository = newRepository();
  const first = repository.commit({ 'a.txt': '1\n' });
  const second = repository.commit({ 'a.txt': '2\n' });
  return { repository, first, second, directory: repository.directory };
}

describe('the target, where nobody names one', () => {
  test('is the branch that the remote calls its default', async () => {
    const { repository, first, directory } = linear();
    repository.git('branch', 'trunk', first);
    const clone = newRepository(directory);
    clone.git('fetch', '--quiet', 'origin', 'trunk:refs/remotes/origin/trunk');
    clone.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    expect((await commits(clone.directory)).target).toBe(first);
  });

  test('is main or master where there is no remote', async () => {
    const { repository, first, directory } = linear();
    repository.git('branch', 'master', first);
    expect((await commits(directory, { head: 'HEAD~1' })).target).not.toBe(first);
    repository.git('branch', '--move', 'main', 'topic');
    expect((await commits(directory)).target).toBe(first);
  });

  test('is what HEAD names in a bare repository', async () => {
    const { repository, second, directory } = linear();
    repository.git('branch', '--move', 'main', 'trunk');
    const bare = newRepository('--bare', directory);
    expect((await commits(bare.directory, { head: 'trunk~1' })).target).toBe(second);
  });

  test('must be named where none of these is there', async () => {
    const { repository, directory } = linear();
    repository.git('branch', '--move', 'main', 'trunk');
    await expect(commits(directory)).rejects.toThrow(/neither origin\/HEAD nor .* with --base$/);
  });
});

describe('revisions', () => {
  test('are anything that git calls a commit', async () => {
    const { repository, first, second, directory } = linear();
    repository.git('tag', '--annotate', '--message', 'v', 'v1', first);
    const found = await commits(directory, { base: 'v1', head: second.slice(0, 10), deployed: 'HEAD~1' });
    expect(found).toEqual({ target: first, base: first, head: second, running: first });
  });

  test('the head is null for the work tree, and starts where HEAD does', async () => {
    const { first, second, directory } = linear();
    expect(await commits(directory, { base: first, head: null })).toEqual({
      ...{ target: first, base: first, head: null, running: first },
    });
    expect((await commits(directory, { base: second, head: null })).base).toBe(second);
  });

  test.each([
    ['an unknown name', 'nope'],
    ['an option', '-x'],
    ['an option that git knows', '--all'],
    ['an option that writes', '--output=/tmp/bellows-written'],
    ['a range', 'HEAD~1..HEAD'],
    ['an object that is not there', '1234567890123456789012345678901234567890'],
    ['an object that is no commit', 'HEAD:a.txt'],
    ['nothing', ''],
    ['a line break', 'HEAD\n'],
    ['a NUL', 'HEAD\0'],
  ])('that are %s are named in the mistake', async (_, revision) => {
    const { directory } = linear();
    for (const role of ['base', 'head', 'deployed'] as const) {
      const failed = commits(directory, { base: 'main', [role]: revision });
      await expect(failed).rejects.toThrow(GitError);
      await expect(failed).rejects.toThrow(`no commit \`${revision}\` (--${role}) in ${directory}: fetch it`);
    }
  });

  test('that only the remote has say so', async () => {
    const { repository, directory } = linear();
    repository.git('branch', 'topic');
    const clone = newRepository(directory);
    await expect(commits(clone.directory, { base: 'topic' })).rejects.toThrow(/: there is `origin\/topic`, name that$/);
  });

  test('without a common ancestor say so', async () => {
    const { repository, directory } = linear();
    repository.git('switch', '--quiet', '--orphan', 'other');
    repository.commit({ 'b.txt': '1\n' });
    await expect(commits(directory, { base: 'main', head: 'other' })).rejects.toThrow(
      /have no common ancestor in .*: name the branch/,
    );
  });

  test('that a shallow clone lacks say how to get them', async () => {
    const { repository, first, directory } = linear();
    repository.git('branch', 'topic', first);
    repository.git('switch', '--quiet', 'topic');
    repository.commit({ 'b.txt': '1\n' });
    const clone = newRepository('--depth=1', '--no-single-branch', `file://${directory}`);
    await expect(commits(clone.directory, { base: first })).rejects.toThrow(/shallow.*git fetch --unshallow/);
    await expect(commits(clone.directory, { base: 'origin/main', head: 'origin/topic' })).rejects.toThrow(
      /no common ancestor .*`git fetch --unshallow`/,
    );
  });
});

describe('a directory', () => {
  test('that is no repository', async () => {
    const folder = temporaryFolder();
    await expect(commits(folder)).rejects.toThrow(`${folder} is in no git repository: name one with --repo`);
    await expect(commits(join(folder, 'gone'))).rejects.toThrow(`${join(folder, 'gone')} is no directory`);
    writeFileSync(join(folder, 'file'), '');
    await expect(commits(join(folder, 'file'))).rejects.toThrow('is no directory');
  });

  test('without a commit', async () => {
    const { directory } = newRepository();
    const failed = commits(directory, { head: null, base: 'HEAD' });
    await expect(failed).rejects.toThrow(/^no commit `HEAD` .*: commit something first$/);
  });

  test('without a work tree needs a head', async () => {
    const { directory } = linear();
    const bare = newRepository('--bare', directory);
    await expect(commits(bare.directory, { head: null })).rejects.toThrow('name a commit with --head');
  });

  test.skipIf(process.getuid?.() !== 0)('of another user says how to trust it', async () => {
    const { directory } = linear();
    for (const path of [directory, join(directory, '.git')]) chownSync(path, 12345, 12345);
    await expect(commits(directory)).rejects.toThrow(/another user.*safe\.directory/);
  });

  test('may have any name', async () => {
    const { first, directory } = linear();
    const odd = join(temporaryFolder(), "-a 'b'\n\"ü");
    mkdirSync(odd);
    const clone = newRepository(directory);
    clone.git('worktree', 'add', '--quiet', '--detach', join(odd, 'w\n'), first);
    expect((await commits(join(odd, 'w\n'), { base: 'main' })).head).toBe(first);
    expect((await findRepository(join(odd, 'w\n'))).workTree).toBe(join(odd, 'w\n'));
  });
});

test('what the caller’s environment says of another repository is not heard', async () => {
  const { directory, second } = linear();
  const other = newRepository();
  process.env.GIT_DIR = join(other.directory, '.git');
  process.env.GIT_INDEX_FILE = '/nowhere';
  try {
    expect((await commits(directory)).target).toBe(second);
  } finally {
    delete process.env.GIT_DIR;
    delete process.env.GIT_INDEX_FILE;
  }
});
