import { spawn } from 'node:child_process';

import type { Repository } from './place.ts';
import { commandLine, couldNotRun, environment, failure, notStarted } from './run.ts';

/**
 * Streams objects in the order of their ids through one process, each as it arrives: null where this clone lacks it.
 * The bytes are the taker's only until it returns.
 * @throws GitError when an object is damaged
 */
export async function streamObjects(
  repository: Repository,
  ids: readonly string[],
  take: (id: string, bytes: Buffer | null) => void,
): Promise<void> {
  if (ids.length === 0) return;
  let next = 0;
  const read = batchReader((bytes) => take(ids[next++] ?? '', bytes));
  await pipe(repository, ['cat-file', '--batch', '--buffer'], { input: ids, read });
}

/** How long each object is, in bytes: null where this clone lacks it. */
export async function objectSizes(
  repository: Repository,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number | null>> {
  if (ids.length === 0) return new Map();
  const chunks: Buffer[] = [];
  const read = (chunk: Buffer) => void chunks.push(chunk);
  await pipe(repository, ['cat-file', '--batch-check'], { input: ids, read });
  const lines = Buffer.concat(chunks).toString('latin1').split('\n');
  return new Map(ids.map((id, index) => [id, sizeIn(lines[index] ?? '')]));
}

interface Ends {
  readonly input: readonly string[];
  readonly read: (chunk: Buffer) => void;
}

function pipe(repository: Repository, command: readonly string[], ends: Ends): Promise<void> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', commandLine(repository, command), { cwd: repository.directory, env: environment() });
    let complaint = '';
    git.once('error', (error) => reject(notStarted(error) ?? couldNotRun(error)));
    git.once('close', (status) => (status === 0 ? resolve() : reject(failure(repository, complaint))));
    git.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < 10_000) complaint += chunk.toString('utf8');
    });
    git.stdout.on('data', ends.read);
    // A process that ended early says why on stderr; that its input broke says nothing more.
    git.stdin.on('error', () => {});
    git.stdin.end(`${ends.input.join('\n')}\n`);
  });
}

/** Cuts what `cat-file --batch` prints, in chunks of any length, into objects. */
function batchReader(take: (bytes: Buffer | null) => void): (chunk: Buffer) => void {
  let header = '';
  let body: Buffer | null = null;
  let filled = 0;

  const readHeader = (chunk: Buffer, from: number): number => {
    const end = chunk.indexOf('\n', from);
    header += chunk.toString('latin1', from, end < 0 ? chunk.length : end);
    if (end < 0) return chunk.length;
    const size = sizeIn(header);
    header = '';
    filled = 0;
    // One more byte: each object is followed by a line break.
    if (size === null) take(null);
    else body = Buffer.allocUnsafe(size + 1);
    return end + 1;
  };
  const readBody = (chunk: Buffer, from: number, into: Buffer): number => {
    const copied = chunk.copy(into, filled, from);
    filled += copied;
    if (filled === into.length) {
      body = null;
      take(into.subarray(0, -1));
    }
    return from + copied;
  };
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) at = body === null ? readHeader(chunk, at) : readBody(chunk, at, body);
  };
}

/** `<id> <type> <size>`, or `<id> missing`. */
function sizeIn(header: string): number | null {
  const size = / \w+ (\d+)$/.exec(header)?.[1];
  return size === undefined ? null : Number(size);
}
