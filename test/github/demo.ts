/**
 * The main job, for people: the founding incident, rebuilt, as a pull request on a stand-in for GitHub; the real app,
 * over real HTTP; and what GitHub then shows. Needs only Node and Git.
 */

import { cases } from '../cases/cases.ts';
import { type GitHub, startGitHub } from './index.ts';
import type { RepositoryControl } from './repository.ts';
import { pause, type RunningApp, startApp } from './running-app.ts';
import type { LedgerEntry } from './server.ts';
import type { CheckRun } from './world.ts';

const limitMs = 60_000;
const incident = 'rails-founding-incident';
const checkName = 'bellows';

/** What has to be stopped, whatever happens. */
const running: { stop: () => Promise<void> }[] = [];

async function demo(): Promise<void> {
  const github = await startGitHub();
  running.unshift(github);
  const repository = await github.repository('acme', 'parcel-shelf');
  const app = await startApp(github);
  running.unshift(app);
  github.connect(app.webhookUrl);

  say('A pull request lets moderators hide comments. The project restarts its servers before it migrates.');
  const opened = performance.now();
  const number = await open(repository);
  const check = await completed(repository, number, app);
  const seconds = ((performance.now() - opened) / 1000).toFixed(1);
  const [comment] = repository.comments(number);
  const held = !repository.mergeable(number, { requiredChecks: [checkName] });

  title(`The comment on pull request #${number}, ${seconds} s after it was opened`);
  say(comment?.body ?? '(none)');
  title(`The check \`${check.name}\`: ${check.conclusion}`);
  say(check.output.title ?? '');
  say(check.output.summary ?? '');
  title('Requests to GitHub');
  say(requests(github.ledger));
  title('The merge');
  say(held ? 'Held: GitHub does not let it be merged while the required check fails.' : 'Not held.');

  await stopAll();
  if (!comment || !held) throw new Error('This pull request should have got a comment and been held');
}

async function open(repository: RepositoryControl): Promise<number> {
  const files = cases.find(({ name }) => name === incident)?.pullRequest;
  if (!files) throw new Error(`test/cases/${incident} is missing`);
  await repository.commit('main', files.before, { message: 'Parcel shelf' });
  await repository.commit('moderation', files.after, { message: 'Let moderators hide comments' });
  return repository.openPull({
    title: 'Let moderators hide comments',
    head: 'moderation',
    base: 'main',
    author: 'mia',
  });
}

/** @throws Error with one sentence when the app ends first, or did not take the webhook */
async function completed(repository: RepositoryControl, number: number, app: RunningApp): Promise<CheckRun> {
  for (;;) {
    const check = repository.checkRuns(repository.head(number)).findLast(({ name }) => name === checkName);
    if (check?.status === 'completed') return check;
    const ended = app.ended();
    if (ended) throw new Error(ended);
    await pause(50);
  }
}

/** Downloads from GitHub's archive server do not count against the limit of its API. */
function requests(ledger: GitHub['ledger']): string {
  const downloads = ledger.filter(({ operation }) => operation === 'GET /codeload').length;
  const counted = ledger.filter(({ operation }) => operation !== 'GET /codeload');
  const lines = [...grouped(counted)].map(([endpoint, count]) => `${String(count).padStart(3)}  ${endpoint}`);
  return [...lines, `${String(counted.length).padStart(3)}  in all, and ${downloads} download of the tree`].join('\n');
}

function grouped(ledger: readonly LedgerEntry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { operation, method, path } of ledger) {
    const endpoint = operation ?? `${method} ${path}`;
    counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1);
  }
  return counts;
}

function title(text: string): void {
  say(`\n── ${text} ${'─'.repeat(Math.max(100 - text.length, 4))}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function stopAll(): Promise<void> {
  for (const each of running.splice(0)) await each.stop();
}

let failed = false;

/** Says the first thing that went wrong; what follows from stopping is not said. */
async function fail(error: unknown): Promise<void> {
  if (failed) return;
  failed = true;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The demo failed: ${message.split('\n').slice(0, 2).join(' ')}\n`);
  await stopAll().catch(() => undefined);
  process.exit(1);
}

setTimeout(() => fail(new Error(`no completed check within ${limitMs / 1000} s`)), limitMs).unref();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => fail(new Error(`stopped by ${signal}`)));
demo().then(() => process.exit(0), fail);
