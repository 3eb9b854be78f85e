import { absent, type Content, contentOf, folder, submodule, symbolicLink, tooLong } from '../content.ts';
import { maxFileBytes } from '../reading.ts';
import type { Side } from './change.ts';
import { objectSizes, streamObjects } from './objects.ts';
import type { Repository } from './place.ts';

/** What was read, by object id: the same content is never read twice. */
export type Contents = Map<string, Content>;

/** Whether what has been read is worth keeping. */
export type Keep = (id: string, bytes: Buffer) => boolean;

/** What is at one side of a file, of what was read before. Null: it was not kept. */
export function contentAt(side: Side, contents: ReadonlyMap<string, Content>): Content | null {
  return contentOfMode(side.mode) ?? contents.get(side.id) ?? null;
}

/** What a mode alone tells: only regular files have a text. */
export function contentOfMode(mode: string): Content | null {
  if (mode === '120000') return symbolicLink;
  if (mode === '160000') return submodule;
  if (mode === '040000') return folder;
  return null;
}

/** Reads the objects that are not there yet and keeps those it is told to. A long one never leaves git. */
export async function readBlobs(
  repository: Repository,
  sides: readonly Side[],
  { contents, keep }: { contents: Contents; keep: Keep },
): Promise<void> {
  const files = sides.filter((side) => contentOfMode(side.mode) === null && !contents.has(side.id));
  const sizes = await objectSizes(repository, [...new Set(files.map((side) => side.id))]);
  for (const [id, size] of sizes) {
    if (size === null) contents.set(id, absent);
    else if (size > maxFileBytes) contents.set(id, tooLong);
  }
  const short = [...sizes.keys()].filter((id) => !contents.has(id));
  await streamObjects(repository, short, (id, bytes) => {
    if (bytes === null) contents.set(id, absent);
    else if (keep(id, bytes)) contents.set(id, contentOf(bytes));
  });
}

export function keepAll(): boolean {
  return true;
}
