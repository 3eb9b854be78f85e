import { execFile } from 'node:child_process';

import { GitError } from './git-error.ts';

/** Where git commands run. */
export interface Place {
  readonly directory: string;
  /** Null while it is still to be found. */
  readonly gitDirectory: string | null;
  /** Null: a bare repository. */
  readonly workTree: string | null;
  /** Configuration for the commands run here, as `key=value`, over what the repository says. */
  readonly overrides: readonly string[];
}

export interface Answer {
  readonly status: number;
  readonly output: string;
  readonly complaint: string;
}

/** What the caller's environment may say to git; everything else (GIT_DIR of a hook, traces, extra options) is dropped. */
const keptVariables: ReadonlySet<string> = new Set([
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
]);

/** The longest output of one command that is taken, in bytes: some million paths. */
export const maxOutputBytes = 256 * 1024 * 1024;

/** Milliseconds. Patterns of an ignore file can keep git busy for ever. */
const maxTime = 300_000;

/**
 * A repository's own configuration can name programs. These are switched off: nothing here fetches (the empty list of
 * protocols holds where an old git does not know GIT_NO_LAZY_FETCH), writes, asks or starts a hook.
 */
export function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') || keptVariables.has(name));
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: '',
    GIT_GRAFT_FILE: '/dev/null',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** The arguments that come before the command's own. */
export function commandLine(place: Place, command: readonly string[]): string[] {
  return [
    '--no-pager',
    '--literal-pathspecs',
    ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'protocol.allow=never'],
    ...place.overrides.flatMap((override) => ['-c', override]),
    ...(place.gitDirectory === null ? [] : [`--git-dir=${place.gitDirectory}`]),
    ...(place.workTree === null ? [] : [`--work-tree=${place.workTree}`]),
    ...command,
  ];
}

/**
 * Runs one git command to its end, whatever its exit status.
 * @throws GitError when git is not installed
 */
export function ask(place: Place, ...command: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { cwd: place.directory, env: environment(), maxBuffer: maxOutputBytes, timeout: maxTime } as const;
    execFile('git', commandLine(place, command), options, (error, output, complaint) => {
      if (error === null) resolve({ status: 0, output, complaint });
      else if (typeof error.code === 'number') resolve({ status: error.code, output, complaint });
      else reject(notStarted(error) ?? cutShort(place, error));
    });
  });
}

/**
 * Runs one git command that must succeed and returns what it printed.
 * @throws GitError with git's own reason when it fails
 */
export async function demand(place: Place, ...command: readonly string[]): Promise<string> {
  const answer = await ask(place, ...command);
  if (answer.status === 0) return answer.output;
  throw failure(place, answer.complaint);
}

/** The sentence for a command that should have worked: an object that it needs is absent or damaged. */
export function failure(place: Place, complaint: string): GitError {
  const reason = firstLine(complaint);
  return new GitError(
    `git could not read ${place.directory} (${reason}): fetch what is absent, or run \`git fsck\` to see what is damaged`,
  );
}

/** The sentence for a program that is not there; null where it is. */
export function notStarted(error: Error & { code?: unknown }): GitError | null {
  return error.code === 'ENOENT'
    ? new GitError('git is not on the PATH: install it, bellows reads local repositories with it')
    : null;
}

function cutShort({ directory }: Place, error: Error & { code?: unknown; killed?: boolean }): GitError {
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return tooMany(directory);
  if (error.killed) return new GitError(`git worked longer than ${maxTime / 1000} s in ${directory} and was stopped`);
  return couldNotRun(error);
}

export function couldNotRun(error: Error): GitError {
  return new GitError(`git could not be run: ${firstLine(error.message)}`);
}

export function tooMany(directory: string): GitError {
  const most = maxOutputBytes / 1024 / 1024;
  return new GitError(`git listed more than ${most} MB of paths in ${directory}: more are not read`);
}

function firstLine(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^(fatal|error|warning): /, '').trim());
  return lines.find((line) => line !== '') ?? 'it gave no reason';
}
