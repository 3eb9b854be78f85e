import { join } from 'node:path';

import { createDeliveries } from './deliveries.ts';
import { createBareRepository } from './git.ts';
import { type Permissions, type Repository, repositoryKey, type World } from './world.ts';

export interface GitHubOptions {
  /** What the installation grants. By default what `app.yml` asks for. */
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  /** Whose account the App is installed on. */
  readonly owner?: string;
  readonly slug?: string;
  /** Replaces the clock that tokens expire by. */
  readonly now?: () => Date;
}

export interface RepositoryOptions {
  readonly private?: boolean;
  readonly defaultBranch?: string;
  /** False: the App is not installed on it. */
  readonly installed?: boolean;
}

const leastPermissions: Permissions = { checks: 'write', contents: 'read', metadata: 'read', pull_requests: 'write' };

export function createWorld(url: string, publicKey: World['app']['publicKey'], options: GitHubOptions): World {
  const { owner = 'acme', slug = 'bellows', permissions = leastPermissions, now = () => new Date() } = options;
  const app = { id: 4711, slug, publicKey, webhookSecret: 'a secret for tests', botLogin: `${slug}[bot]` };
  let lastId = 1_000;
  return {
    url,
    app,
    installation: { id: 815, owner, permissions, events: options.events ?? ['check_run', 'pull_request'] },
    tokens: new Map(),
    repositories: new Map(),
    deliveries: createDeliveries(app),
    nextId: () => ++lastId,
    now,
  };
}

export async function createRepository(
  world: World,
  directory: string,
  { owner, name, ...options }: RepositoryOptions & { owner: string; name: string },
): Promise<Repository> {
  const { defaultBranch = 'main', installed = true } = options;
  const repository: Repository = {
    id: world.nextId(),
    owner,
    name,
    private: options.private ?? false,
    defaultBranch,
    directory: join(directory, owner, `${name}.git`),
    installed,
    pulls: new Map(),
    comments: new Map(),
    checkRuns: new Map(),
    roles: new Map(),
    author: { name: 'Author', email: 'author@example.org' },
    commits: 0,
  };
  await createBareRepository(repository.directory, defaultBranch);
  world.repositories.set(repositoryKey(owner, name), repository);
  return repository;
}
