import type { Payload } from './deliveries.ts';
import { type Author, type Files, tryGit, writeCommit } from './git.ts';
import { createPull, type Desk, headOf, moveHead, type OpenPull, pullOf, tell, tellRerun } from './pull-requests.ts';
import { commitOf } from './revision.ts';
import { type CheckRun, type Comment, headRef, type Pull, type Repository, type Role, seconds } from './world.ts';

export interface CommitOptions {
  /** The commit to start from; null: none. Without it the branch's tip, else the default branch's, else none. */
  readonly parent?: string | null;
  readonly message?: string;
  readonly author?: Author;
}

/** What a person does on GitHub. Everything that sends a webhook resolves once it is answered, or after 10 seconds. */
export interface RepositoryControl extends Branches, Pulls, Conversation, Gate {
  readonly owner: string;
  readonly name: string;
  /** The bare Git repository. */
  readonly directory: string;
  readonly setRole: (login: string, role: Role) => void;
}

interface Branches {
  /** Commits on a branch (`OWNER:BRANCH`: of a fork) without a word to anybody; null as content deletes a file. */
  readonly commit: (branch: string, files: Files, options?: CommitOptions) => Promise<string>;
  /** Commits, and moves the open pull requests of that branch (`synchronize`). */
  readonly push: (branch: string, files: Files, options?: CommitOptions) => Promise<string>;
  readonly tip: (branch: string) => Promise<string>;
}

interface Pulls {
  /** Resolves to its number. */
  readonly openPull: (what: OpenPull) => Promise<number>;
  readonly retarget: (number: number, base: string) => Promise<void>;
  readonly rename: (number: number, title: string) => Promise<void>;
  readonly close: (number: number) => Promise<void>;
  readonly reopen: (number: number) => Promise<void>;
  readonly readyForReview: (number: number) => Promise<void>;
  /** The next reads of the pull request still show its previous head. */
  readonly lagBehind: (number: number, previousHead: string, reads: number) => void;
  readonly head: (number: number) => string;
}

interface Conversation {
  readonly commentAs: (login: string, number: number, body: string) => Comment;
  readonly deleteComment: (id: number) => void;
  readonly comments: (number: number) => readonly Comment[];
  readonly lock: (number: number) => void;
  readonly unlock: (number: number) => void;
}

interface Gate {
  /** Presses "Re-run" beside a check run. */
  readonly rerun: (id: number) => Promise<void>;
  /** Of a head, oldest first. */
  readonly checkRuns: (sha: string) => readonly CheckRun[];
  /** Would GitHub let this be merged under a rule that requires these checks? */
  readonly mergeable: (number: number, rule: { readonly requiredChecks: readonly string[] }) => boolean;
}

export function controlOf(desk: Desk): RepositoryControl {
  const { owner, name, directory, roles } = desk.repository;
  const setRole = (login: string, role: Role) => void roles.set(login, role);
  return { owner, name, directory, setRole, ...branches(desk), ...pulls(desk), ...conversation(desk), ...gate(desk) };
}

function branches(desk: Desk): Branches {
  const { repository } = desk;
  const oneAtATime = sequence();
  const commit: Branches['commit'] = (branch, files, options = {}) =>
    oneAtATime(() => commitOn(repository, { branch, files, options }));
  const push: Branches['push'] = async (branch, files, options) => {
    const sha = await commit(branch, files, options);
    for (const pull of pullsOf(repository, branch)) {
      const before = pull.headSha;
      await moveHead(repository, pull, sha);
      await change(desk, pull.number, {}, { action: 'synchronize', before, after: sha });
    }
    return sha;
  };
  return { commit, push, tip: (branch) => commitOf(repository, branch) };
}

function pulls(desk: Desk): Pulls {
  const { repository, world } = desk;
  return {
    openPull: async (what) => {
      const pull = await createPull(desk, what);
      await tell(desk, pull, { action: 'opened' });
      return pull.number;
    },
    retarget: async (number, base) => {
      const { base: from, baseSha } = pullOf(desk, number);
      const changes = { base: { ref: { from }, sha: { from: baseSha } } };
      await change(desk, number, { base, baseSha: await commitOf(repository, base) }, { action: 'edited', changes });
    },
    rename: (number, title) => {
      const changes = { title: { from: pullOf(desk, number).title } };
      return change(desk, number, { title }, { action: 'edited', changes });
    },
    close: (number) => change(desk, number, { state: 'closed', closedAt: seconds(world.now()) }, { action: 'closed' }),
    reopen: (number) => change(desk, number, { state: 'open', closedAt: null }, { action: 'reopened' }),
    readyForReview: (number) => change(desk, number, { draft: false }, { action: 'ready_for_review' }),
    lagBehind: (number, headSha, left) => {
      pullOf(desk, number).stale = { headSha, left };
    },
    head: (number) => pullOf(desk, number).headSha,
  };
}

async function change(desk: Desk, number: number, changes: Partial<Pull>, what: Payload): Promise<void> {
  const pull = Object.assign(pullOf(desk, number), changes, { updatedAt: seconds(desk.world.now()) });
  await tell(desk, pull, what);
}

function conversation(desk: Desk): Conversation {
  const { world, repository } = desk;
  const lock = (number: number, locked: boolean) => {
    pullOf(desk, number).locked = locked;
  };
  return {
    commentAs: (login, number, body) => {
      const now = world.now().toISOString();
      const issue = pullOf(desk, number).number;
      const byApp = login === world.app.botLogin;
      const comment = {
        id: world.nextId(),
        issue,
        author: login,
        byApp,
        createdAt: now,
        updatedAt: now,
        body,
        edits: 0,
      };
      repository.comments.set(comment.id, comment);
      return comment;
    },
    deleteComment: (id) => void repository.comments.delete(id),
    comments: (number) => [...repository.comments.values()].filter((each) => each.issue === number),
    lock: (number) => lock(number, true),
    unlock: (number) => lock(number, false),
  };
}

const passing = new Set(['success', 'neutral', 'skipped']);

function gate(desk: Desk): Gate {
  const checkRuns = (sha: string) => [...desk.repository.checkRuns.values()].filter((run) => run.headSha === sha);
  // The newest run of a name counts, and one that is not completed holds the merge.
  const passes = (run: CheckRun | undefined) => run?.status === 'completed' && passing.has(run.conclusion ?? '');
  return {
    checkRuns,
    rerun: async (id) => {
      const run = desk.repository.checkRuns.get(id);
      if (!run) throw new Error(`There is no check run ${id}`);
      await tellRerun(desk, run, 'mia');
    },
    mergeable: (number, { requiredChecks }) => {
      const { state, draft, headSha } = pullOf(desk, number);
      const runs = checkRuns(headSha);
      const passed = requiredChecks.every((name) => passes(runs.findLast((run) => run.name === name)));
      return state === 'open' && !draft && passed;
    },
  };
}

interface NewCommit {
  readonly branch: string;
  readonly files: Files;
  readonly options: CommitOptions;
}

async function commitOn(repository: Repository, { branch, files, options }: NewCommit): Promise<string> {
  const ref = headRef(repository, headOf(repository, branch));
  const { parent = await startOf(repository, ref), author = repository.author } = options;
  repository.commits += 1;
  const message = options.message ?? `Change ${repository.commits}`;
  return writeCommit(repository.directory, { ref, parent, files, message, author, age: repository.commits * 60 });
}

async function startOf(repository: Repository, ref: string): Promise<string | null> {
  for (const candidate of [ref, `refs/heads/${repository.defaultBranch}`]) {
    const found = await tryGit(repository.directory, 'rev-parse', '--verify', '--quiet', candidate);
    if (found) return found.toString('utf8').trim();
  }
  return null;
}

function pullsOf(repository: Repository, name: string): Pull[] {
  const { owner, branch } = headOf(repository, name);
  const open = [...repository.pulls.values()].filter((pull) => pull.state === 'open');
  return open.filter(({ head }) => head.owner === owner && head.branch === branch);
}

/** Commits to one repository follow each other, also when a test makes them at the same moment. */
function sequence(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
