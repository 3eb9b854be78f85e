import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { extract, type Header } from 'tar-stream';
import { limitReached } from './github-error.ts';

/** One entry of an archive. Null: its bytes are not needed. What either function throws ends the archive. */
export type Visit = (header: Header) => Taker | null;

export interface Taker {
  readonly piece: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

/** Larger pieces mean fewer turns of the event loop; more than this gains nothing. */
const chunkSize = 256 * 1024;

/** Every archive ends in two blocks of zeros. What packs it may break off behind any entry; `gunzip` is content then. */
const endBytes = 1024;

/**
 * Unpacks a `tar.gz` as it arrives. Nothing is written to disk.
 * @throws GitHubError when it inflates beyond `limit` bytes or holds nothing; Error when it breaks off
 */
export async function unpack(archive: AsyncIterable<Uint8Array>, visit: Visit, limit: number): Promise<void> {
  const entries = extract();
  let found = false;
  entries.on('entry', (header, stream, next) => {
    found = true;
    const taker = attempted(() => visit(header));
    if (taker instanceof Error) return next(taker);
    if (taker === null) stream.resume();
    else stream.on('data', (bytes) => taker.piece(bytes as Uint8Array));
    stream.on('error', next);
    stream.on('end', () => next(attempted(() => taker?.end()) ?? null));
  });
  await pipeline(archive, createGunzip({ chunkSize }), checked(limit), entries);
  // The archive of a tree without files still has its top folder.
  if (!found) throw limitReached('GitHub answered with an empty archive');
}

function attempted<Result>(work: () => Result): Result | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Passes an archive on, until it is longer than it may be or ends before it is whole. */
function checked(limit: number): (inflated: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* check(inflated) {
    let length = 0;
    let tail: Buffer = Buffer.alloc(0);
    for await (const chunk of inflated) {
      length += chunk.length;
      if (length > limit) throw limitReached(`The repository is larger than ${limit / 1024 / 1024} MB when unpacked`);
      tail = chunk.length >= endBytes ? chunk.subarray(-endBytes) : Buffer.concat([tail, chunk]).subarray(-endBytes);
      yield chunk;
    }
    if (tail.length < endBytes || tail.some((byte) => byte !== 0)) throw new Error('the archive breaks off');
  };
}
