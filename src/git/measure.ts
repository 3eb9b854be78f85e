import { spawn } from 'node:child_process';

import {
  commandLine,
  couldNotRun,
  environment,
  failure,
  maxOutputBytes,
  notStarted,
  type Place,
  tooMany,
} from './run.ts';

/**
 * Counts what a command prints, as it comes, and lets go of it.
 * @throws GitError where it is more than `ask` takes, or the command fails
 */
export function measure(place: Place, ...command: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', commandLine(place, command), { cwd: place.directory, env: environment() });
    let [length, complaint] = [0, ''];
    git.once('error', (error) => reject(notStarted(error) ?? couldNotRun(error)));
    git.once('close', (status) => (status === 0 ? resolve() : reject(failure(place, complaint))));
    git.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < 10_000) complaint += chunk.toString('utf8');
    });
    git.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxOutputBytes) return;
      git.kill();
      reject(tooMany(place.directory));
    });
    git.stdin.end();
  });
}
