import { payloadProblem } from './contract.ts';
import type { Payload } from './deliveries.ts';
import { git, gitText } from './git.ts';
import { commitOf } from './revision.ts';
import { nodeId, userShape } from './shapes/account.ts';
import { checkRunShape } from './shapes/check-run.ts';
import { pullShape } from './shapes/pull.ts';
import { repositoryShape } from './shapes/repository.ts';
import { type CheckRun, type Head, headRef, type Pull, type Repository, seconds, type World } from './world.ts';

export interface OpenPull {
  readonly title: string;
  /** A branch, or `OWNER:BRANCH` for the branch of a fork. */
  readonly head: string;
  readonly base: string;
  readonly author: string;
  readonly body?: string;
  readonly draft?: boolean;
  /** The fork has been deleted since: GitHub says `head.repo: null`. */
  readonly forkDeleted?: boolean;
}

/** One repository on the stand-in, and whom to tell of a payload that GitHub would not send. */
export interface Desk {
  readonly world: World;
  readonly repository: Repository;
  readonly report: (problem: string) => void;
}

export function pullOf({ repository }: Desk, number: number): Pull {
  const pull = repository.pulls.get(number);
  if (!pull) throw new Error(`${repository.owner}/${repository.name} has no pull request ${number}`);
  return pull;
}

export async function createPull({ world, repository }: Desk, what: OpenPull): Promise<Pull> {
  const head = headOf(repository, what.head);
  const now = seconds(world.now());
  const pull: Pull = {
    id: world.nextId(),
    number: repository.pulls.size + 1,
    author: what.author,
    title: what.title,
    body: what.body ?? null,
    head: { ...head, deleted: what.forkDeleted ?? false },
    base: what.base,
    baseSha: '',
    headSha: '',
    draft: what.draft ?? false,
    locked: false,
    state: 'open',
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    stale: null,
  };
  repository.pulls.set(pull.number, pull);
  const sha = await gitText(repository.directory, 'rev-parse', '--verify', headRef(repository, head));
  await moveHead(repository, pull, sha);
  return pull;
}

/** Sets the head, and takes note of where the base branch is by now, as GitHub does at the same moment. */
export async function moveHead(repository: Repository, pull: Pull, sha: string): Promise<void> {
  pull.headSha = sha;
  pull.baseSha = await commitOf(repository, pull.base);
  await git(repository.directory, 'update-ref', `refs/pull/${pull.number}/head`, sha);
}

/** Where a branch is: `OWNER:BRANCH` is in that owner's fork. */
export function headOf(repository: Repository, name: string): Omit<Head, 'deleted'> {
  const colon = name.indexOf(':');
  if (colon === -1) return { owner: repository.owner, branch: name };
  return { owner: name.slice(0, colon), branch: name.slice(colon + 1) };
}

/** Sends the webhook `pull_request`, if the App hears it, and waits for its answer. */
export async function tell(desk: Desk, pull: Pull, what: Payload): Promise<void> {
  const { world, repository, report } = desk;
  const about = { number: pull.number, pull_request: await pullShape(world, repository, pull) };
  const payload = { ...what, ...about, ...around(desk, pull.author) };
  const problem = payloadProblem('pull_request', payload);
  if (problem) report(`pull_request.${what.action}: ${problem}`);
  await send(desk, 'pull_request', payload);
}

/** Sends the webhook `check_run` of somebody who wants a run again, if the App hears it, and waits for its answer. */
export async function tellRerun(desk: Desk, run: CheckRun, sender: string): Promise<void> {
  const check_run = checkRunShape(desk.world, desk.repository, run);
  await send(desk, 'check_run', { action: 'rerequested', check_run, ...around(desk, sender) });
}

/** What every webhook of a repository says. */
function around({ world, repository }: Desk, sender: string) {
  const { id } = world.installation;
  return {
    repository: repositoryShape(world, repository),
    sender: userShape(world, sender),
    installation: { id, node_id: nodeId('Installation', id) },
  };
}

async function send({ world, repository }: Desk, event: string, payload: Payload): Promise<void> {
  if (!repository.installed || !world.installation.events.includes(event)) return;
  await world.deliveries.send(event, payload);
}
