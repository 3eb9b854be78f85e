import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { app, newRepository, pullRequest, temporaryFolder } from '../git/repository.ts';
import { bellows, type Call } from './bellows.ts';

/** Anything that produced no review ends with 3, one line on stderr and nothing on stdout. */
async function sentenceOf(args: readonly string[], call: Call = {}): Promise<string> {
  const ended = await bellows(args, call);
  expect(ended.stdout).toBe('');
  expect(ended.stderr).toMatch(/^bellows: [^\n]+\n$/);
  expect(ended.status).toBe(3);
  return ended.stderr.slice('bellows: '.length, -1);
}

describe('a wrong call', () => {
  test.each<[string[], string]>([
    [[], 'name a command: `bellows --help` lists them'],
    [['--'], 'name a command: `bellows --help` lists them'],
    [['reviwe'], "unknown command 'reviwe' (Did you mean review?)"],
    [['review', '--hed', 'x'], "unknown option '--hed' (Did you mean --head?)"],
    [['--base', 'x'], "unknown option '--base'"],
    [['review', '--base'], "option '--base <rev>' argument missing"],
    [['review', 'extra'], "too many arguments for 'review'. Expected 0 arguments but got 1."],
    [['review', '--deploy-order', 'codefirst'], 'Allowed choices are code-first, migrations-first, rolling, offline.'],
    [['review', '--format', 'xml'], 'Allowed choices are text, markdown, json, sarif.'],
    [['review', '--pull', 'owner/repo'], '`owner/repo` (--pull) names no pull request: write OWNER/REPO#N'],
    [['review', '--pull', 'o/r#1', '--base', 'main'], '--base is for a local repository and --pull reads GitHub'],
    [['review', '--pull', 'o/r#1', '--repo', '.'], '--repo is for a local repository and --pull reads GitHub'],
    [['review', '--config', '/nowhere/settings.yml'], '/nowhere/settings.yml (--config) is not there'],
    [['review', '--config', ''], '`` (--config) is not there: name a file of settings'],
    [['review', '--config', '/'], '/ (--config) cannot be read, it is a folder: name a file of settings'],
    [['review', '--config', '/dev/zero'], '/dev/zero (--config) cannot be read, it is longer than 1 MB'],
    [['review', '--config', process.execPath], '(--config) cannot be read, it is longer than 1 MB'],
    [['review', '--pull', '../repo#1'], '`../repo#1` (--pull) names no pull request: write OWNER/REPO#N'],
    [['review', '--pull', 'owner/..#1'], '`owner/..#1` (--pull) names no pull request: write OWNER/REPO#N'],
    [['review', 'one', 'two'], "too many arguments for 'review'. Expected 0 arguments but got 2."],
    [['review', '--format', ''], 'Allowed choices are text, markdown, json, sarif.'],
    [['review', '--format', 'JSON'], 'Allowed choices are text, markdown, json, sarif.'],
    [['review', '--', '--help'], "too many arguments for 'review'. Expected 0 arguments but got 1."],
    [['review', '--repo', 'line\u2028break \u202e'], 'line?break ? is no directory'],
  ])('%j', async (args, sentence) => {
    expect(await sentenceOf(args)).toContain(sentence);
  });

  test('of a pull request without a token', async () => {
    const env = { GITHUB_TOKEN: '', GH_TOKEN: '' };
    expect(await sentenceOf(['review', '--pull', 'o/r#1'], { env })).toContain('GITHUB_TOKEN');
  });

  test('of a folder that is no repository', async () => {
    const cwd = temporaryFolder();
    expect(await sentenceOf(['review'], { cwd })).toBe(`${cwd} is in no git repository: name one with --repo`);
  });

  test('without git', async () => {
    const { directory } = newRepository();
    expect(await sentenceOf(['review'], { cwd: directory, env: { PATH: '/nowhere' } })).toContain(
      'git is not on the PATH',
    );
  });
});

test.each<[string, string | Buffer, string]>([
  ['binary', Buffer.from([0x6d, 0, 0x0a]), 'cannot be read, it is binary'],
  ['not UTF-8', Buffer.from('mode: \xe9\n', 'latin1'), 'cannot be read, it is not valid UTF-8'],
  ['50 MB', Buffer.alloc(50_000_000, 'a'), 'cannot be read, it is longer than 1 MB'],
  ['100,000 brackets', '['.repeat(99_999), ':1: the settings are nested too deep'],
  ['a million commas', `[${','.repeat(999_999)}]`, ':1: the settings are longer than 100 KB'],
])('a file of settings that is %s', async (_, content, sentence) => {
  const config = join(temporaryFolder(), 'own.yml');
  writeFileSync(config, content);
  expect(await sentenceOf(['review', '--config', config])).toContain(sentence);
});

describe('a revision', () => {
  const missing: [string, string[], RegExp][] = [
    ['unknown', ['--base', 'nope', '--head', 'HEAD'], /^no commit `nope` \(--base\) in /],
    ['that looks like an option', ['--base', 'main', '--head', '-x'], /^no commit `-x` \(--head\) in /],
    ['with a line break and an escape', ['--base', 'a\n\u001b[31mb'], /^no commit `a \?\[31mb` \(--base\) in /],
    ['that was deployed and is gone', ['--base', 'main', '--deployed', 'v9'], /^no commit `v9` \(--deployed\) in /],
    ['without a common ancestor', ['--base', 'main', '--head', 'alone'], / have no common ancestor in /],
  ];
  test.each(missing)('%s', async (_, args, sentence) => {
    const repository = newRepository();
    repository.commit(app);
    repository.git('branch', 'topic');
    repository.git('switch', '--quiet', '--orphan', 'alone');
    repository.commit(pullRequest);
    repository.git('switch', '--quiet', 'topic');
    expect(await sentenceOf(['review', ...args], { cwd: repository.directory })).toMatch(sentence);
  });
});

describe('settings that are broken', () => {
  const broken: [string, string, RegExp][] = [
    ['no YAML', 'mode: block\ndeploy: [\n', /:3: /],
    ['an unknown key', 'mode: block\nmoed: advise\n', /:\d+: .*moed/],
    ['a bad order', 'deploy:\n  order: codefirst\n', /:2: `deploy/],
  ];
  test.each(broken)('%s: at the target, and in the file of --config', async (_, text, sentence) => {
    const repository = newRepository();
    repository.commit({ ...app, '.github/bellows.yml': text });
    const call = { cwd: repository.directory };
    const own = await sentenceOf(['review', '--base', 'main'], call);
    expect(own).toMatch(/^\.github\/bellows\.yml:/);
    expect(own).toMatch(sentence);

    const config = join(temporaryFolder(), 'own.yml');
    writeFileSync(config, text);
    const given = await sentenceOf(['review', '--base', 'main', '--config', config], call);
    expect(given.startsWith(`${config}:`)).toBe(true);
    expect(given).toMatch(sentence);
  });
});
