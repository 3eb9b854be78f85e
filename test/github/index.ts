/**
 * A stand-in for GitHub: one server with state, over real Git repositories, that is as strict as GitHub's own
 * description of its API. Tests act through it as people do on GitHub, and look at what it then contains.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createRepository, createWorld, type GitHubOptions, type RepositoryOptions } from './create.ts';
import { createKeyPair, issuePersonalToken, signJwt } from './credentials.ts';
import type { Delivery } from './deliveries.ts';
import { createFaults, type Faults } from './faults.ts';
import { controlOf, type RepositoryControl } from './repository.ts';
import { createApi, type LedgerEntry, type Violation } from './server.ts';

export interface GitHub {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The same API where GitHub Enterprise Server has it: `…/api/v3` */
  readonly apiUrl: string;
  /** `127.0.0.1:PORT`, for `GHE_HOST` */
  readonly host: string;
  readonly app: {
    readonly id: number;
    readonly slug: string;
    readonly privateKey: string;
    readonly webhookSecret: string;
    readonly botLogin: string;
    /** A JWT of this App with claims of the test's choice. */
    readonly jwt: (claims?: Readonly<Record<string, unknown>>) => string;
  };
  readonly installationId: number;
  /** A new token of a person, for callers that are no App. */
  readonly personalToken: () => string;
  readonly repository: (owner: string, name: string, options?: RepositoryOptions) => Promise<RepositoryControl>;
  /** Deliveries go there from now on; null: nowhere. */
  readonly connect: (webhookUrl: string | null) => void;
  readonly deliveries: readonly Delivery[];
  readonly redeliver: (guid: string) => Promise<Delivery>;
  /** Every request to the API, in the order of the answers. */
  readonly ledger: LedgerEntry[];
  readonly violations: Violation[];
  readonly faults: Faults;
  /** @throws when there was a violation, naming the first ones */
  readonly verify: () => void;
  /** Stops, removes the repositories, and verifies. */
  readonly stop: () => Promise<void>;
}

/** A key takes a fifth of a second to make, so one serves every stand-in of a process. */
let keys: ReturnType<typeof createKeyPair> | undefined;

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const directory = await mkdtemp(join(tmpdir(), 'github-'));
  const ledger: LedgerEntry[] = [];
  const violations: Violation[] = [];
  const faults = createFaults();
  keys ??= createKeyPair();
  const { privateKey, publicKey } = keys;

  const server = createApi(() => world, { ledger, violations, faults });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = createWorld(`http://${host}`, publicKey, options);
  const { app, installation, deliveries } = world;

  const now = () => Math.floor(world.now().getTime() / 1000);

  return {
    url: world.url,
    apiUrl: `${world.url}/api/v3`,
    host,
    app: {
      id: app.id,
      slug: app.slug,
      privateKey,
      webhookSecret: app.webhookSecret,
      botLogin: app.botLogin,
      jwt: (claims) => signJwt({ iss: app.id, iat: now() - 30, exp: now() + 540, ...claims }, privateKey),
    },
    installationId: installation.id,
    personalToken: () => issuePersonalToken(world),
    repository: async (owner, name, settings = {}) => {
      const repository = await createRepository(world, directory, { owner, name, ...settings });
      const report = (message: string) => violations.push({ kind: 'payload', what: `${owner}/${name}`, message });
      return controlOf({ world, repository, report });
    },
    connect: (url) => {
      deliveries.url = url;
    },
    deliveries: deliveries.log,
    redeliver: deliveries.again,
    ledger,
    violations,
    faults,
    verify: () => verify(violations),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
      verify(violations);
    },
  };
}

function verify(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const list = violations.slice(0, 10).map(({ kind, what, message }) => `  ${kind}: ${what}: ${message}`);
  throw new Error(`GitHub would not have had this (${violations.length}):\n${list.join('\n')}`);
}
