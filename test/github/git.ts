import { execFile, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Nothing of the machine's own Git settings counts, and every date is fixed: the same calls give the same commits. */
const environment = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
};

const firstCommitTime = Date.UTC(2026, 0, 5, 9) / 1000;
const maxOutputBytes = 256 * 1024 * 1024;

export interface Author {
  readonly name: string;
  readonly email: string;
}

/** A symbolic link, by what it leads to. */
export interface Link {
  readonly link: string;
}

export type Files = Readonly<Record<string, string | Buffer | Link | null>>;

/** Null where Git refuses: an object or a revision that is not there. */
export async function tryGit(directory: string, ...words: string[]): Promise<Buffer | null> {
  try {
    return await git(directory, ...words);
  } catch {
    return null;
  }
}

/** @throws with Git's own words */
export function git(directory: string, ...words: string[]): Promise<Buffer> {
  const options = { env: environment, encoding: 'buffer', maxBuffer: maxOutputBytes } as const;
  return new Promise((resolve, reject) => {
    execFile('git', [`--git-dir=${directory}`, ...words], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`git ${words[0]}: ${stderr.toString().trim() || error.message}`));
      else resolve(stdout);
    });
  });
}

export async function gitText(directory: string, ...words: string[]): Promise<string> {
  return (await git(directory, ...words)).toString('utf8').trim();
}

/** What Git writes, as it comes. */
export function gitStream(directory: string, ...words: string[]): Readable {
  return spawn('git', [`--git-dir=${directory}`, ...words], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).stdout;
}

export async function createBareRepository(directory: string, defaultBranch: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await git(directory, 'init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`);
}

export interface NewCommit {
  /** The full name of the ref that the commit becomes the tip of, whatever it was before. */
  readonly ref: string;
  readonly parent: string | null;
  readonly files: Files;
  readonly message: string;
  readonly author: Author;
  /** Seconds after the first commit. */
  readonly age: number;
}

/** Writes one commit: all of its files in one process, so that thousands are no problem. Null as text deletes. */
export async function writeCommit(directory: string, commit: NewCommit): Promise<string> {
  const { name, email } = commit.author;
  const parts: (string | Buffer)[] = [
    `commit ${commit.ref}\n`,
    `author ${name} <${email}> ${firstCommitTime + commit.age} +0000\n`,
    `committer ${name} <${email}> ${firstCommitTime + commit.age} +0000\n`,
    ...data(Buffer.from(commit.message)),
    commit.parent ? `from ${commit.parent}\n` : '',
  ];
  for (const [path, content] of Object.entries(commit.files)) {
    if (content === null) parts.push(`D ${quoted(path)}\n`);
    else parts.push(`M ${isLink(content) ? '120000' : '100644'} inline ${quoted(path)}\n`, ...data(bytesOf(content)));
  }
  if (!commit.parent) await tryGit(directory, 'update-ref', '-d', commit.ref);
  await fastImport(directory, Buffer.concat(parts.map((part) => Buffer.from(part))));
  return gitText(directory, 'rev-parse', commit.ref);
}

function isLink(content: string | Buffer | Link): content is Link {
  return typeof content === 'object' && 'link' in content;
}

function bytesOf(content: string | Buffer | Link): Buffer {
  return Buffer.from(isLink(content) ? content.link : content);
}

function data(content: Buffer): (string | Buffer)[] {
  return [`data ${content.length}\n`, content, '\n'];
}

function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function fastImport(directory: string, input: Buffer): Promise<void> {
  const words = [`--git-dir=${directory}`, 'fast-import', '--quiet', '--force', '--date-format=raw'];
  return new Promise((resolve, reject) => {
    const child = execFile('git', words, { env: environment }, (error, _stdout, stderr) => {
      if (error) reject(new Error(`git fast-import: ${stderr.trim() || error.message}`));
      else resolve();
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
