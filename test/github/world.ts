import type { KeyObject } from 'node:crypto';

import type { Deliveries } from './deliveries.ts';
import type { Author } from './git.ts';

/** Everything that the stand-in remembers. Routes read and change it; tests look at it through `index.ts`. */
export interface World {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly app: App;
  readonly installation: Installation;
  readonly tokens: Map<string, Token>;
  /** By `owner/name` in lower case. */
  readonly repositories: Map<string, Repository>;
  readonly deliveries: Deliveries;
  readonly nextId: () => number;
  readonly now: () => Date;
}

export type Level = 'read' | 'write';
export type Permissions = Readonly<Record<string, Level>>;

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly publicKey: KeyObject;
  readonly webhookSecret: string;
  /** `SLUG[bot]` */
  readonly botLogin: string;
}

export interface Installation {
  readonly id: number;
  readonly owner: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

export interface Token {
  /** An installation of the App, or a person who reads with a token of their own. */
  readonly of: 'installation' | 'person';
  readonly permissions: Permissions;
  readonly expiresAt: Date;
  /** By `owner/name` in lower case; null: every repository of the installation, or that the person may see. */
  readonly repositories: ReadonlySet<string> | null;
}

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  /** The bare Git repository on disk. */
  readonly directory: string;
  readonly installed: boolean;
  readonly pulls: Map<number, Pull>;
  readonly comments: Map<number, Comment>;
  readonly checkRuns: Map<number, CheckRun>;
  /** Login to role name, as the collaborator-permission endpoint tells it. */
  readonly roles: Map<string, Role>;
  readonly author: Author;
  commits: number;
}

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly author: string;
  readonly title: string;
  readonly body: string | null;
  readonly head: Head;
  readonly createdAt: string;
  base: string;
  /** The base branch's tip when the pull request was opened or last moved, as GitHub keeps it. */
  baseSha: string;
  headSha: string;
  draft: boolean;
  locked: boolean;
  state: 'open' | 'closed';
  updatedAt: string;
  closedAt: string | null;
  /** A pull request that is read before GitHub has caught up shows this head. */
  stale: { readonly headSha: string; left: number } | null;
}

export interface Head {
  readonly branch: string;
  /** Whose repository the branch is in: the base repository's owner, or a fork's. */
  readonly owner: string;
  /** The fork is gone: GitHub then says `repo: null`. */
  readonly deleted: boolean;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly author: string;
  readonly byApp: boolean;
  readonly createdAt: string;
  body: string;
  updatedAt: string;
  /** How often the body was rewritten. */
  edits: number;
}

export interface CheckRun {
  readonly id: number;
  readonly headSha: string;
  name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  detailsUrl: string | null;
  externalId: string;
  startedAt: string;
  completedAt: string | null;
  output: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
    readonly annotations: readonly Annotation[];
  };
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

/** Null: there is no such repository. GitHub does not care for the case of names. */
export function findRepository(world: World, owner: string, name: string): Repository | null {
  return world.repositories.get(repositoryKey(owner, name)) ?? null;
}

export function repositoryKey(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}

/** The ref in the bare repository. A fork's branches live beside the others: on GitHub forks share their objects too. */
export function headRef(repository: Repository, head: Pick<Head, 'owner' | 'branch'>): string {
  return head.owner === repository.owner ? `refs/heads/${head.branch}` : `refs/forks/${head.owner}/${head.branch}`;
}

/** As GitHub writes dates: whole seconds. */
export function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
