import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Content, contentOf, symbolicLink, tooLong, unreadable } from '../content.ts';
import { maxFileBytes } from '../reading.ts';
import type { Side } from './change.ts';

export interface Found {
  /** Its id is the one that git would give these bytes, so that equal content shows without reading the other side. */
  readonly side: Side;
  readonly content: Content;
}

/** Reads files of a work tree; each answer is null where no file is. Ids are as long as those of `like`. */
export function diskReader(workTree: string, like: string): (path: string) => Found | null {
  const root = realpathSync(workTree);
  const inside = new Map<string, boolean>();
  /** A folder that is a link elsewhere is none of the repository's. */
  const isInside = (folder: string): boolean => {
    const known = inside.get(folder) ?? realFolder(join(root, folder)) === join(root, folder);
    inside.set(folder, known);
    return known;
  };
  return (path) => (staysIn(path) && isInside(dirname(path)) ? readEntry(join(root, path), idOf(like)) : null);
}

/** Git checks no such path out, and a tree may name one all the same: it would lead out of the work tree, or into `.git`. */
function staysIn(path: string): boolean {
  return path.split('/').every((part) => !/^(?:\.{0,2}|\.git)$/i.test(part));
}

function readEntry(location: string, id: (bytes: Buffer) => string): Found | null {
  const entry = lstatSync(location, { throwIfNoEntry: false });
  if (entry?.isSymbolicLink()) {
    const target = readlinkSync(location, { encoding: 'buffer' });
    return { side: { mode: '120000', id: id(target) }, content: symbolicLink };
  }
  if (!entry?.isFile()) return null;
  const unnamed = { mode: '100644', id: `disk:${location}` };
  if (entry.size > maxFileBytes) return { side: unnamed, content: tooLong };
  try {
    const bytes = readFileSync(location);
    return { side: { mode: '100644', id: id(bytes) }, content: contentOf(bytes) };
  } catch {
    return { side: unnamed, content: unreadable('it could not be opened') };
  }
}

/** How git names a blob: SHA-1, or SHA-256 in a repository that was made with it. */
function idOf(like: string): (bytes: Buffer) => string {
  const algorithm = like.length === 64 ? 'sha256' : 'sha1';
  return (bytes) => createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function realFolder(folder: string): string | null {
  try {
    return realpathSync(folder);
  } catch {
    return null;
  }
}
