import type { Client } from './client.ts';
import { asGitHubError, limitReached } from './github-error.ts';

/** A file at a commit. */
export interface Place {
  readonly commit: string;
  readonly path: string;
  /** Whether that there is no such file is an answer too. Its mode is not asked for. */
  readonly optional?: boolean;
}

/** A blob as the query asks for it. `text` is null for a binary one and cut short for a long one. */
export interface Blob {
  readonly oid?: string;
  readonly byteSize?: number;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
  readonly text?: string | null;
  /** As Git writes it, `100644` for a regular file. Null where it was not asked for. */
  readonly mode?: string | null;
}

/** One query: files, and where a head is given also the pull requests that have it. */
export interface Question {
  readonly places: readonly Place[];
  readonly head: string | null;
}

export interface BlobAnswer {
  /** In the order of the places; null where no file is there. */
  readonly blobs: readonly (Blob | null)[];
  /** Numbers of the open pull requests that have the head. */
  readonly sharing: readonly number[];
}

const blobFields = '... on Blob { oid byteSize isBinary isTruncated text }';
const pullFields = '... on Commit { associatedPullRequests(first: 100) { nodes { number state headRefOid } } }';

/** The query's text depends on nothing but how many files it asks for; what they are called are variables. */
export function blobQuery({ places, head }: Question): string {
  const names = ['owner', 'name', ...(head === null ? [] : ['head']), ...places.flatMap(variablesOf)];
  const fields = places.flatMap(({ optional }, index) => [
    `    f${index}: object(expression: $e${index}) { ${blobFields} }`,
    ...(optional
      ? []
      : [`    m${index}: object(expression: $c${index}) { ... on Commit { file(path: $p${index}) { mode } } }`]),
  ]);
  return `query BellowsBlobs(${names.map((name) => `$${name}: String!`).join(', ')}) {
  repository(owner: $owner, name: $name) {
${head === null ? '' : `    head: object(expression: $head) { ${pullFields} }\n`}${fields.join('\n')}
  }
}`;
}

function variablesOf({ optional }: Place, index: number): string[] {
  return optional ? [`e${index}`] : [`e${index}`, `c${index}`, `p${index}`];
}

function valuesOf({ commit, path, optional }: Place, index: number): [string, string][] {
  const expression: [string, string] = [`e${index}`, `${commit}:${path}`];
  return optional ? [expression] : [expression, [`c${index}`, commit], [`p${index}`, path]];
}

interface Found {
  readonly file?: { readonly mode?: number } | null;
  readonly associatedPullRequests?: { readonly nodes?: readonly (Pull | null)[] | null } | null;
}

interface Pull {
  readonly number: number;
  readonly state: string;
  readonly headRefOid: string;
}

/** @throws GitHubError */
export async function askForBlobs(
  client: Client,
  { owner, repo }: { owner: string; repo: string },
  question: Question,
): Promise<BlobAnswer> {
  const { places, head } = question;
  const variables = { owner, name: repo, ...(head === null ? {} : { head }) };
  const values = Object.fromEntries(places.flatMap(valuesOf));
  const answer = await client
    .graphql<{ repository: Record<string, (Blob & Found) | null> | null }>(blobQuery(question), {
      ...variables,
      ...values,
    })
    .catch((error: unknown) => {
      throw asGitHubError(error, 'POST /graphql');
    });
  const found = answer?.repository;
  if (!found) throw limitReached('GitHub shows no such repository to this token');
  const blobs = places.map((_, index) => blobOf(found[`f${index}`], found[`m${index}`]));
  return { blobs, sharing: numbersOf(found.head, head) };
}

function blobOf(blob: Blob | null | undefined, at: Found | null | undefined): Blob | null {
  return blob ? { ...blob, mode: at?.file?.mode?.toString(8) ?? null } : null;
}

function numbersOf(found: Found | null | undefined, head: string | null): number[] {
  const pulls = found?.associatedPullRequests?.nodes ?? [];
  return pulls.flatMap((pull) => (pull?.state === 'OPEN' && pull.headRefOid === head ? [pull.number] : []));
}
