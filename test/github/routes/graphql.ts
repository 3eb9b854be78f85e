import { grants, sees } from '../credentials.ts';
import { git, tryGit } from '../git.ts';
import { type Node, node, type TypeOf } from '../graphql.ts';
import { GraphqlError, parseQuery, type Variables } from '../graphql-query.ts';
import { type Answer, type Caller, Refusal } from '../http.ts';
import { commitOf } from '../revision.ts';
import { findRepository, type Pull, type Repository, type Token, type World } from '../world.ts';
import { rateLimit } from './rate.ts';

/** Longer text is cut here, measured by others on GitHub: exactly 512,000 bytes. */
const maxTextBytes = 512_000;

export interface GraphqlCall {
  readonly world: World;
  readonly caller: Caller;
  readonly token: Token | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Answers `POST /graphql`: files of a repository by `object(expression: "SHA:PATH")`, any number of them by alias.
 * @throws Refusal for callers without a token; a query that GitHub could not run is a mistake of the caller
 */
export async function graphql(call: GraphqlCall): Promise<Answer> {
  if (!('permissions' in call.caller)) throw new Refusal(401, 'This endpoint requires you to be authenticated.');
  if (typeof call.body.query !== 'string')
    throw new Refusal(400, 'A query attribute must be specified', { mistake: true });
  try {
    const fields = parseQuery(call.body.query, (call.body.variables ?? {}) as Variables);
    const errors: object[] = [];
    const data = await node(queryType(call, errors), null).resolve(fields);
    return { status: 200, body: errors.length > 0 ? { data, errors } : { data } };
  } catch (error) {
    if (error instanceof GraphqlError) throw new Refusal(200, error.message, { mistake: true });
    throw error;
  }
}

function queryType(call: GraphqlCall, errors: object[]): TypeOf<null> {
  const { world } = call;
  return {
    type: 'Query',
    fields: {
      repository: (_, { owner = '', name = '' }): Node | null => {
        const repository = findRepository(world, owner, name);
        if (repository && mayRead(call, repository)) return node(repositoryType, repository);
        const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
        errors.push({ type: 'NOT_FOUND', path: ['repository'], message });
        return null;
      },
      rateLimit: () => node(rateType, world),
    },
  };
}

function mayRead({ caller, token }: GraphqlCall, repository: Repository): boolean {
  return sees(token, repository) && 'permissions' in caller && grants(caller.permissions, { contents: 'read' });
}

const rateType: TypeOf<World> = {
  type: 'RateLimit',
  fields: {
    cost: () => 1,
    limit: () => rateLimit,
    remaining: () => rateLimit - 1,
    resetAt: ({ now }) => new Date(now().getTime() + 3_600_000).toISOString(),
  },
};

const repositoryType: TypeOf<Repository> = {
  type: 'Repository',
  fields: {
    name: ({ name }) => name,
    nameWithOwner: ({ owner, name }) => `${owner}/${name}`,
    object: (repository, { expression = '' }) => object(repository, expression),
  },
};

interface Blob {
  readonly oid: string;
  readonly bytes: Buffer;
}

const blobType: TypeOf<Blob> = {
  type: 'Blob',
  fields: {
    oid: ({ oid }) => oid,
    byteSize: ({ bytes }) => bytes.length,
    isBinary: ({ bytes }) => isBinary(bytes),
    isTruncated: ({ bytes }) => bytes.length > maxTextBytes,
    text: ({ bytes }) => (isBinary(bytes) ? null : bytes.subarray(0, maxTextBytes).toString('utf8')),
  },
};

/** A folder: nothing of it is asked for. */
const otherType: TypeOf<string> = { type: 'Tree', fields: { oid: (oid) => oid } };

interface Commit {
  readonly repository: Repository;
  readonly oid: string;
}

const commitType: TypeOf<Commit> = {
  type: 'Commit',
  fields: {
    oid: ({ oid }) => oid,
    file: async ({ repository, oid }, { path = '' }) => {
      const line = (await git(repository.directory, 'ls-tree', oid, '--', path)).toString('utf8');
      return line === '' ? null : node(entryType, { mode: Number.parseInt(line, 8) });
    },
    // Those that are open and hold the commit, whatever repository their branch is in.
    associatedPullRequests: ({ repository, oid }, { first = '' }) => {
      if (!(Number(first) >= 1 && Number(first) <= 100)) throw new GraphqlError('`first` must be from 1 to 100');
      const pulls = [...repository.pulls.values()].filter(({ state, headSha }) => state === 'open' && headSha === oid);
      return node(pullsType, pulls.slice(0, Number(first)));
    },
  },
};

/** A mode as GitHub tells it: a number, whose digits Git writes in base eight. */
const entryType: TypeOf<{ mode: number }> = { type: 'TreeEntry', fields: { mode: ({ mode }) => mode } };

const pullsType: TypeOf<readonly Pull[]> = {
  type: 'PullRequestConnection',
  fields: { nodes: (pulls) => pulls.map((pull) => node(pullType, pull)), totalCount: (pulls) => pulls.length },
};

const pullType: TypeOf<Pull> = {
  type: 'PullRequest',
  fields: {
    number: ({ number }) => number,
    state: ({ state }) => state.toUpperCase(),
    headRefOid: ({ headSha }) => headSha,
  },
};

/** Null: nothing is there. */
async function object(repository: Repository, expression: string): Promise<Node | null> {
  const [name = '', ...rest] = expression.split(':');
  const commit = await commitOf(repository, name).catch(() => null);
  if (commit && rest.length === 0) return node(commitType, { repository, oid: commit });
  const path = rest.join(':');
  const found = commit && (await tryGit(repository.directory, 'rev-parse', '--verify', '--quiet', `${commit}:${path}`));
  if (!found) return null;
  const oid = found.toString('utf8').trim();
  const kind = (await git(repository.directory, 'cat-file', '-t', oid)).toString('utf8').trim();
  if (kind !== 'blob') return node(otherType, oid);
  return node(blobType, { oid, bytes: await git(repository.directory, 'cat-file', 'blob', oid) });
}

/** As Git decides it: a NUL byte near the beginning. */
function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8_000).includes(0);
}
