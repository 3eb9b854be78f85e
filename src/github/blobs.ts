import {
  binary,
  type Content,
  contentOf,
  contentOfText,
  notUtf8,
  symbolicLink,
  tooLong,
  unreadable,
} from '../content.ts';
import { maxFileBytes } from '../reading.ts';
import { askForBlobs, type Blob, type Place } from './blob-query.ts';
import type { Client } from './client.ts';
import { limitReached } from './github-error.ts';

/** GitHub ends a query at 10 s; a hundred files stay well below. */
const placesPerQuery = 100;

/** All texts of one pull request together, in bytes: a reader must not need more memory than the machine has. */
const maxTotalBytes = 64 * 1024 * 1024;

/** How many files that GraphQL cuts short are fetched one by one. */
const maxLongFiles = 20;

export interface ReadBlobs {
  /** In the order of the places; null where no file is there. */
  readonly contents: readonly (Content | null)[];
  /** Numbers of the open pull requests that have the head. */
  readonly sharing: readonly number[];
}

/**
 * Reads files at commits, a hundred in one request, and on the way which pull requests have a head.
 * @throws GitHubError
 */
export async function readBlobs(
  client: Client,
  repository: { owner: string; repo: string },
  { places, head }: { places: readonly Place[]; head: string | null },
): Promise<ReadBlobs> {
  const blobs: (Blob | null)[] = [];
  let sharing: readonly number[] = [];
  let bytes = 0;
  for (let from = 0; from < places.length; from += placesPerQuery) {
    const question = { places: places.slice(from, from + placesPerQuery), head: from === 0 ? head : null };
    const answer = await askForBlobs(client, repository, question);
    if (from === 0) sharing = answer.sharing;
    bytes += answer.blobs.reduce((sum, blob) => sum + (blob?.text?.length ?? 0), 0);
    if (bytes > maxTotalBytes) {
      throw limitReached(`The pull request changes more than ${maxTotalBytes / 1024 / 1024} MB of text: split it`);
    }
    blobs.push(...answer.blobs);
  }
  return { contents: await fillIn(client, repository, blobs), sharing };
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
  // The text of a link is where it leads to, which must not be taken for what stands there.
  if (blob.mode === '120000') return symbolicLink;
  if ((blob.byteSize ?? 0) > maxFileBytes) return tooLong;
  if (blob.isBinary === true || typeof blob.text !== 'string') return binary;
  return Buffer.byteLength(blob.text) === blob.byteSize ? contentOfText(blob.text) : notUtf8;
}
