import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

import { attempt, type Client } from './client.ts';
import { downloadFetch } from './fetch.ts';
import { limitReached } from './github-error.ts';
import { type Scanned, type Selection, scanArchive } from './scan.ts';

const route = 'GET /repos/{owner}/{repo}/tarball/{ref}';

/** Milliseconds before a download that broke off is begun anew, once. */
const pauses = [2000];

/**
 * Reads a commit's tree from one archive, as it streams in. Files that the project excludes from archives
 * (`export-ignore`) are not seen.
 * @throws GitHubError
 */
export function readTree(
  client: Client,
  { owner, repo, commit }: { owner: string; repo: string; commit: string },
  selection: Selection,
): Promise<Scanned> {
  return attempt(
    async () => {
      const { data } = await client.request(route, {
        ...{ owner, repo, ref: commit },
        request: { fetch: downloadFetch, parseSuccessResponseBody: false },
      });
      return scanArchive(streamOf(data), selection);
    },
    { described: route, pauses },
  );
}

function streamOf(data: unknown): AsyncIterable<Uint8Array> {
  if (!(data instanceof globalThis.ReadableStream)) throw limitReached('GitHub answered with no archive');
  return Readable.fromWeb(data as ReadableStream<Uint8Array>);
}
