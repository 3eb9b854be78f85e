import { readTree } from './archive.ts';
import type { Scanned, Selection } from './scan.ts';

/** Reads a commit's tree. */
export type ReadTree = typeof readTree;

/** UTF-16 units of all trees together; one that is larger than a quarter of it is not kept. */
const maxLength = 64 * 1024 ** 2;

/**
 * Reads trees and keeps what was brought of the last ones: what a commit holds never changes, and the pushes to one pull
 * request mostly ask for the same names of the same target.
 */
export function rememberTrees(read: ReadTree = readTree, most = maxLength): ReadTree {
  const known = new Map<string, { readonly scanned: Scanned; readonly length: number }>();
  let total = 0;
  const drop = (key: string): void => {
    total -= known.get(key)?.length ?? 0;
    known.delete(key);
  };
  const keep = (key: string, scanned: Scanned): void => {
    const length = lengthOf(scanned);
    drop(key);
    if (length > most / 4) return;
    known.set(key, { scanned, length });
    total += length;
    for (const oldest of known.keys()) if (total > most) drop(oldest);
  };
  return async (client, place, selection) => {
    const { owner, repo, commit } = place;
    const key = JSON.stringify([owner.toLowerCase(), repo.toLowerCase(), commit, selection.names, selection.whole]);
    const before = known.get(key)?.scanned;
    const scanned = before && (await servesFor(before, selection)) ? before : await read(client, place, selection);
    keep(key, scanned);
    return scanned;
  };
}

/** A tree serves for other pull requests where it was searched for all that its definitions put at stake in them. */
async function servesFor({ tree, further }: Scanned, { furtherNames }: Selection): Promise<boolean> {
  const searched = new Set(further);
  const asked = (await furtherNames?.(tree.files)) ?? [];
  return asked.every((name) => searched.has(name));
}

function lengthOf({ tree }: Scanned): number {
  const paths = tree.paths.reduce((sum, path) => sum + path.length, 0);
  return tree.files.reduce((sum, { text }) => sum + text.length, paths);
}
