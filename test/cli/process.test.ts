import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { app, newRepository, pullRequest, temporaryFolder } from '../git/repository.ts';
import { bellows, program } from './bellows.ts';

function unsafe() {
  const repository = newRepository();
  repository.commit(app);
  repository.git('switch', '--quiet', '--create', 'topic');
  repository.commit(pullRequest);
  return repository.directory;
}

/** Runs `bellows` in a shell command in which `"$@"` is the program. */
function inShell(command: string, cwd: string) {
  const review = [process.execPath, program, 'review', '--deploy-order', 'migrations-first', '--format', 'json'];
  return spawnSync('bash', ['-c', command, 'bash', ...review], { cwd, encoding: 'utf8' });
}

describe('help and version', () => {
  test.each([[['--help']], [['-h']], [['help']]])('%j lists the commands', async (args) => {
    const { status, stdout, stderr } = await bellows(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}review /m);
    expect(stdout).toMatch(/^ {2}serve /m);
  });

  test.each([[['review', '--help']], [['help', 'review']]])('%j lists every option', async (args) => {
    const { status, stdout, stderr } = await bellows(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const option of ['repo', 'base', 'head', 'deployed', 'deploy-order', 'config', 'pull', 'format']) {
      expect(stdout).toContain(`  --${option} <`);
    }
  });

  test('the version is the package’s', async () => {
    const text = readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8');
    const { version } = JSON.parse(text) as { version: string };
    expect(await bellows(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('neither Node nor the option parser ends with 1 or 2', () => {
  test('where the reader of the output goes away', () => {
    const cut = inShell('set -o pipefail; "$@" | true; echo $PIPESTATUS', unsafe());
    expect(cut.stdout).toBe('3\n');
    expect(cut.stderr).toMatch(/^bellows: the output could not be written in full \([^\n]*\)\n$/);
  });

  test('where the disk is full', () => {
    const full = inShell('"$@" > /dev/full', unsafe());
    expect({ status: full.status, stderr: full.stderr }).toEqual({
      status: 3,
      stderr: expect.stringContaining('the output could not be written in full') as string,
    });
  });

  test('where stderr is closed too', () => {
    expect(inShell('"$@" --head nope 2>&-', unsafe()).status).toBe(3);
    expect(inShell('"$@" > /dev/full 2> /dev/full', unsafe()).status).toBe(3);
  });

  test('where a module is missing', () => {
    const folder = join(temporaryFolder(), 'dist', 'cli');
    mkdirSync(folder, { recursive: true });
    copyFileSync(program, join(folder, 'main.js'));
    writeFileSync(join(folder, '..', '..', 'package.json'), '{ "type": "module" }');
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'main.js')], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(/^bellows: Bellows failed, not your change: Cannot find module[^\n]*\n$/);
  });
});

test('a long answer comes whole through a pipe that is read slowly', () => {
  const repository = newRepository();
  repository.commit(app);
  repository.git('switch', '--quiet', '--create', 'topic');
  const unreadable = Array.from({ length: 2000 }, (_, number) => [`app/models/part_${number}.rb`, 'class\0'] as const);
  repository.commit({ ...pullRequest, ...Object.fromEntries(unreadable) });
  const { stdout } = inShell('"$@" | (sleep 1; cat)', repository.directory);
  // A pipe holds 64 KiB.
  expect(stdout.length).toBeGreaterThan(100_000);
  const { unread } = JSON.parse(stdout) as { unread: unknown[] };
  expect(unread).toHaveLength(2000);
});

test('serve says why it does not start', async () => {
  const env = { APP_ID: '1', PRIVATE_KEY: 'x', WEBHOOK_SECRET: '' };
  const { status, stdout, stderr } = await bellows(['serve'], { cwd: temporaryFolder(), env });
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toMatch(/^bellows: WEBHOOK_SECRET is not set[^\n]*\n$/);
});
