import { afterAll, beforeAll, beforeEach, expect } from 'vitest';

import type { Files } from '../github/git.ts';
import { type GitHub, startGitHub } from '../github/index.ts';
import type { OpenPull } from '../github/pull-requests.ts';
import type { RepositoryControl } from '../github/repository.ts';
import type { CheckRun } from '../github/world.ts';
import { type Serving, serve, until } from './serving.ts';
import { shelf } from './shelf.ts';

/** One stand-in and one built app for all tests of a file, and for each test a repository of its own. */
export interface Stand {
  readonly github: GitHub;
  readonly app: Serving;
  readonly repository: RepositoryControl;
  /** Commits on the branch `feature` and opens a pull request of it to `main`; resolves to its number. */
  readonly open: (files: Files, more?: Partial<OpenPull>) => Promise<number>;
  /** The check runs of a commit, oldest first. */
  readonly runs: (sha: string) => readonly CheckRun[];
  /** Waits until a commit has a check run. */
  readonly reviewed: (sha: string) => Promise<CheckRun>;
  readonly openAndWait: (files: Files, more?: Partial<OpenPull>) => Promise<Opened>;
  /** The endpoints asked since the test began. */
  readonly asked: () => readonly (string | null)[];
}

export interface Opened {
  readonly number: number;
  readonly check: CheckRun;
}

/** To be called once at the top of a file of tests. */
export function stand(environment: NodeJS.ProcessEnv = {}): Stand {
  let github: GitHub;
  let app: Serving;
  let repository: RepositoryControl;
  let repositories = 0;

  beforeAll(async () => {
    github = await startGitHub();
    app = await serve(github, environment);
  });
  afterAll(async () => {
    expect(await app.stop()).toBe(0);
    await github.stop();
  });
  beforeEach(async () => {
    github.faults.clear();
    repository = await github.repository('acme', `shelf-${++repositories}`);
    await repository.commit('main', shelf);
    github.ledger.length = 0;
  });

  const open: Stand['open'] = async (files, more = {}) => {
    const { head = 'feature' } = more;
    await repository.commit(head, files);
    return repository.openPull({ title: 'Moderation', base: 'main', author: 'mia', ...more, head });
  };
  const runs: Stand['runs'] = (sha) => repository.checkRuns(sha).filter(({ name }) => name === 'bellows');
  const reviewed: Stand['reviewed'] = (sha) => until(() => runs(sha).at(-1));
  return {
    get github() {
      return github;
    },
    get app() {
      return app;
    },
    get repository() {
      return repository;
    },
    open,
    runs,
    reviewed,
    openAndWait: async (files, more) => {
      const number = await open(files, more);
      return { number, check: await reviewed(repository.head(number)) };
    },
    asked: () => github.ledger.map(({ operation }) => operation),
  };
}

/** Long enough for what would follow, if anything did. */
export function aWhile(milliseconds = 300): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
