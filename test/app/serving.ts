import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import type { GitHub } from '../github/index.ts';
import { identityFor } from '../github/running-app.ts';

/** The built app in a process of its own. */
export interface Started {
  readonly url: string;
  /** All that it has written so far. */
  readonly output: () => string;
  /** Sends SIGTERM and waits for the exit status. */
  readonly stop: () => Promise<number | null>;
}

export interface Serving extends Started {
  readonly webhookUrl: string;
}

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Starts the app against a stand-in, and connects the stand-in's webhooks to it. */
export async function serve(github: GitHub, environment: NodeJS.ProcessEnv = {}): Promise<Serving> {
  const app = await start({ ...environmentFor(github), ...environment });
  const webhookUrl = `${app.url}/api/github/webhooks`;
  github.connect(webhookUrl);
  return { ...app, webhookUrl };
}

/** Starts the app in a folder and waits until it listens. */
export async function start(environment: NodeJS.ProcessEnv, folder = tmpdir()): Promise<Started> {
  const app = launch(environment, folder);
  let output = '';
  const exited = new Promise<number | null>((resolve) => app.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /[Ll]istening on (http:[^\s"]+)/.exec(output)?.[1];
      if (found) resolve(found);
    };
    app.stdout?.on('data', listen);
    app.stderr?.on('data', listen);
    exited.then(() => reject(new Error(`the app ended: ${output}`)));
  });
  const stop = () => {
    app.kill('SIGTERM');
    return exited;
  };
  return { url, output: () => output, stop };
}

/** Runs the app where it is expected to end by itself. */
export function runToEnd(environment: NodeJS.ProcessEnv): Promise<Ended> {
  const app = launch(environment, tmpdir());
  const output: string[] = [];
  for (const stream of [app.stdout, app.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  return new Promise((resolve) => app.once('close', (status) => resolve({ status, output: output.join('') })));
}

export function environmentFor(github: GitHub): NodeJS.ProcessEnv {
  return { ...identityFor(github), PORT: '0', LOG_FORMAT: 'json' };
}

/** In a folder and an environment of its own: a developer's settings are not for here. */
function launch(environment: NodeJS.ProcessEnv, cwd: string): ChildProcess {
  return spawn(process.execPath, [main], { cwd, env: { PATH: process.env.PATH, ...environment }, stdio: 'pipe' });
}

/** Waits until `look` finds something. */
export async function until<Found>(
  look: () => Found | undefined | null | false,
  milliseconds = 30_000,
): Promise<Found> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`nothing after ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
