import { binary, type Content, contentOf, contentOfText, notUtf8, tooLong, unreadable } from '../content.ts';
import { maxFileBytes } from '../reading.ts';
import type { Client } from './client.ts';
import { asGitHubError, limitReached } from './github-error.ts';

/** A file at a commit. */
export interface Place {
  readonly commit: string;
  readonly path: string;
}

/** A blob as the query asks for it. `text` is null for a binary one and cut short for a long one. */
export interface Blob {
  readonly oid?: string;
  readonly byteSize?: number;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
  readonly text?: string | null;
}

/** GitHub ends a query at 10 s; a hundred files stay well below. */
const placesPerQuery = 100;

/** All texts of one pull request together, in bytes: a reader must not need more memory than the machine has. */
const maxTotalBytes = 64 * 1024 * 1024;

/** How many files that GraphQL cuts short are fetched one by one. */
const maxLongFiles = 20;

/**
 * Reads files at commits, a hundred in one request. The answer has a place's order; null where no file is there.
 * @throws GitHubError
 */
export async function readBlobs(
  client: Client,
  repository: { owner: string; repo: string },
  places: readonly Place[],
): Promise<(Content | null)[]> {
  const blobs: (Blob | null)[] = [];
  let bytes = 0;
  for (let from = 0; from < places.length; from += placesPerQuery) {
    const chunk = await askForBlobs(client, repository, places.slice(from, from + placesPerQuery));
    bytes += chunk.reduce((sum, blob) => sum + (blob?.text?.length ?? 0), 0);
    if (bytes > maxTotalBytes) {
      throw limitReached(`The pull request changes more than ${maxTotalBytes / 1024 / 1024} MB of text: split it`);
    }
    blobs.push(...chunk);
  }
  return fillIn(client, repository, blobs);
}

/** The query's text depends on nothing but how many files it asks for; the files are variables. */
export function blobQuery(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const variables = indexes.map((index) => `, $e${index}: String!`).join('');
  const fields = indexes.map((index) => `    f${index}: object(expression: $e${index}) { ${blobFields} }`).join('\n');
  return `query BellowsBlobs($owner: String!, $name: String!${variables}) {
  repository(owner: $owner, name: $name) {
${fields}
  }
}`;
}

const blobFields = '... on Blob { oid byteSize isBinary isTruncated text }';

async function askForBlobs(
  client: Client,
  { owner, repo }: { owner: string; repo: string },
  places: readonly Place[],
): Promise<(Blob | null)[]> {
  const expressions = places.map(({ commit, path }, index) => [`e${index}`, `${commit}:${path}`] as const);
  const variables = { owner, name: repo, ...Object.fromEntries(expressions) };
  const answer = await client
    .graphql<{ repository: Record<string, Blob | null> | null }>(blobQuery(places.length), variables)
    .catch((error: unknown) => {
      throw asGitHubError(error, 'POST /graphql');
    });
  const found = answer.repository;
  if (!found) throw limitReached('GitHub shows no such repository to this token');
  return places.map((_, index) => found[`f${index}`] ?? null);
}

/** GraphQL cuts texts off at half a megabyte or so; REST has them whole. */
async function fillIn(
  client: Client,
  repository: { owner: string; repo: string },
  blobs: readonly (Blob | null)[],
): Promise<(Content | null)[]> {
  const contents: (Content | null)[] = [];
  let fetched = 0;
  for (const blob of blobs) {
    if (blob?.isTruncated !== true || (blob.byteSize ?? 0) > maxFileBytes || blob.isBinary === true) {
      contents.push(contentOfBlob(blob));
    } else if (++fetched > maxLongFiles) contents.push(unreadable('it is one of too many long files'));
    else contents.push(await readWhole(client, repository, blob.oid ?? ''));
  }
  return contents;
}

async function readWhole(client: Client, repository: { owner: string; repo: string }, sha: string): Promise<Content> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    ...{ ...repository, file_sha: sha },
  });
  return contentOf(Buffer.from(data.content, 'base64'));
}

/** A text whose length in UTF-8 is not the file's was decoded with losses. A folder or submodule is no file. */
export function contentOfBlob(blob: Blob | null): Content | null {
  if (blob?.oid === undefined) return null;
  if ((blob.byteSize ?? 0) > maxFileBytes) return tooLong;
  if (blob.isBinary === true || typeof blob.text !== 'string') return binary;
  return Buffer.byteLength(blob.text) === blob.byteSize ? contentOfText(blob.text) : notUtf8;
}
