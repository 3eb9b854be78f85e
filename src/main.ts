import { existsSync, realpathSync } from 'node:fs';
import type { Server } from 'node:http';
import { loadEnvFile } from 'node:process';
import { pathToFileURL } from 'node:url';

import { createProbot, type Probot, run } from 'probot';

import { listen, reviewQueue } from './app.ts';
import { UnthrottledOctokit } from './github/app-client.ts';
import { traceOf } from './github/failure.ts';
import { limitedFetch } from './github/fetch.ts';
import { intake } from './github/intake.ts';
import { quietLog } from './github/quiet-log.ts';
import type { Queue } from './queue/queue.ts';

/** Milliseconds that a stop waits for reviews: a little less than what most platforms grant. */
const patience = 25_000;

/**
 * Starts the GitHub App and returns when it listens; it then runs until SIGTERM or SIGINT. Without an app id it starts
 * Probot's set-up instead, which registers the App with GitHub and handles no event.
 * @throws Error with one sentence when it must not or cannot start
 */
export async function start(): Promise<void> {
  if (existsSync('.env')) loadEnvFile('.env');
  const { APP_ID: appId, WEBHOOK_SECRET: secret } = process.env;
  if (!appId) return setUp();
  if (!secret)
    throw new Error('WEBHOOK_SECRET is not set: without it anybody could send events, so Bellows does not start');

  const probot = await newProbot(secret);
  const queue = reviewQueue(probot);
  listen(probot, queue);
  const server = await open(probot, queue);
  onSignal(() => stop(probot, server, queue));
  process.on('unhandledRejection', (error) => probot.log.error(traceOf(error), 'unforeseen'));
}

/** Probot's set-up serves a page with the manifest of `app.yml`, takes what GitHub answers and writes it to `.env`. */
async function setUp(): Promise<void> {
  if (process.env.NODE_ENV === 'production') throw new Error('APP_ID is not set: it is the number of your GitHub App');
  if (!existsSync('app.yml'))
    throw new Error('APP_ID is not set, and there is no app.yml here to register the App with');
  // It would otherwise load a package at run time and relay through a public server what GitHub sends.
  process.env.NO_SMEE_SETUP = 'true';
  const server = await run(() => {});
  onSignal(() => server.stop());
}

async function newProbot(secret: string): Promise<Probot> {
  const options = { secret, Octokit: UnthrottledOctokit, request: { fetch: limitedFetch } };
  try {
    // Probot would share its throttling through Redis, with a package that is fetched at run time.
    const env = { ...process.env, REDIS_URL: '', SENTRY_DSN: '' };
    const probot = createProbot({ overrides: { ...options, log: await quietLog(process.env) }, env });
    // Signs a token that is sent nowhere: a key that cannot is found out now and not with the first event.
    await (await probot.auth()).auth({ type: 'app' });
    return probot;
  } catch (error) {
    throw new Error(`The App cannot start with this APP_ID and PRIVATE_KEY: ${sentenceOf(error)}`);
  }
}

function open(probot: Probot, queue: Queue<never>): Promise<Server> {
  const { webhooks, log } = probot;
  const server = intake({
    accepts: queue.accepts,
    verify: ({ body, signature }) => webhooks.verify(body, signature),
    // Events without a handler may have any name, which the types of known events do not allow.
    receive: (delivery) => webhooks.receive(delivery as Parameters<typeof webhooks.receive>[0]),
    refused: (delivery, status) => log.warn({ delivery, status }, 'delivery refused'),
  });
  const { HOST: host = 'localhost', PORT: port = '3000' } = process.env;
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`Bellows cannot listen on ${host}:${port}: ${error.message}`)));
    server.listen({ host, port: Number(port) }, () => {
      process.stdout.write(`Bellows listening on http://${addressOf(server, host)}\n`);
      resolve(server);
    });
  });
}

function addressOf(server: Server, host: string): string {
  const address = server.address();
  return typeof address === 'object' && address !== null ? `${host}:${address.port}` : host;
}

/** GitHub keeps what it cannot deliver from now on; what is already promised is done, as long as patience lasts. */
async function stop(probot: Probot, server: Server, queue: Queue<never>): Promise<void> {
  probot.log.info('stopping');
  server.close();
  server.closeIdleConnections();
  const left = await queue.drain(patience);
  if (left > 0) probot.log.warn({ left }, 'stopped with pull requests left: deliver their events again');
}

/** The first signal stops in order, the second at once. */
function onSignal(end: () => Promise<void>): void {
  let stopping = false;
  const handle = () => {
    if (stopping) process.exit(0);
    stopping = true;
    end().finally(() => process.exit(0));
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
}

/** Started directly, not through the command line. */
const called = process.argv[1];
if (called !== undefined && existsSync(called) && import.meta.url === pathToFileURL(realpathSync(called)).href) {
  start().catch((error: unknown) => {
    process.stderr.write(`bellows: ${sentenceOf(error)}\n`);
    process.exit(3);
  });
}
