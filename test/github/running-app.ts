import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import type { GitHub } from './index.ts';

/** The built app, as a process of its own that talks to a stand-in. */
export interface RunningApp {
  readonly webhookUrl: string;
  /** Null while it runs; else a sentence that says how it ended. */
  readonly ended: () => string | null;
  readonly stop: () => Promise<void>;
}

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const startLimitMs = 20_000;
const stopLimitMs = 3_000;
const keptOutput = 20_000;

/**
 * Runs `bellows serve` against the stand-in and waits until it answers.
 * @throws Error with one sentence when it is not built, ends or does not answer in time
 */
export async function startApp(github: GitHub): Promise<RunningApp> {
  if (!existsSync(program)) throw new Error('Bellows is not built: run `npm run build` first');
  const port = await freePort();
  const app = launch(github, port);
  const base = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + startLimitMs;
  while (!(await answers(`${base}/ping`))) {
    const ended =
      app.ended() ?? (Date.now() > deadline ? `The app did not answer within ${startLimitMs / 1000} s` : null);
    if (ended) {
      await app.stop();
      throw new Error(ended);
    }
    await pause(50);
  }
  return { webhookUrl: `${base}/api/github/webhooks`, ...app };
}

function launch(github: GitHub, port: number): Pick<RunningApp, 'ended' | 'stop'> {
  // Not in this folder, and without this process's environment: a developer's own `.env` is not for here.
  const child = spawn(process.execPath, [program, 'serve'], {
    cwd: tmpdir(),
    env: { ...identityFor(github), PATH: process.env.PATH, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let failure: string | null = null;
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-keptOutput);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => {
    failure = error.message;
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
  const ended = () => {
    const status = child.signalCode ?? child.exitCode;
    if (failure === null && status === null) return null;
    return `The app ended (${status ?? 'not started'}): ${failure ?? lastLine(output)}`;
  };
  return { ended, stop: () => stop(child) };
}

/** What tells the app who it is, and where GitHub is: at the stand-in. */
export function identityFor(github: GitHub): NodeJS.ProcessEnv {
  return {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    GHE_HOST: github.host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
  };
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) || 'it said nothing';
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await closed;
  clearTimeout(impatience);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

/** The system chooses; taken again a moment later. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
