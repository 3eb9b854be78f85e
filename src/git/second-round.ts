import type { Content } from '../content.ts';
import { wants } from '../frameworks/index.ts';
import { namesOccur } from '../names.ts';
import type { FurtherNames, SourceFile, Tree, Unread, Want } from '../reading.ts';
import { type Contents, contentAt, contentOfMode, type Keep, readBlobs } from './blobs.ts';
import { type Entry, listTree } from './listing.ts';
import type { Repository } from './place.ts';

export interface SecondRound {
  readonly targetTree: Tree;
  readonly runningTree: Tree;
  readonly unread: readonly Unread[];
}

/** What the second round goes by. */
export interface Scan {
  readonly target: string;
  readonly running: string;
  readonly names: readonly string[];
  readonly furtherNames: FurtherNames;
  /** Paths that are kept though no name occurs. */
  readonly whole: readonly string[];
}

interface WantedEntry extends Entry {
  readonly want: Want;
}

/**
 * Reads what the review needs of the target's tree and of what runs. An object that both have is read once, and a file
 * that is wanted only for a name leaves the memory when no name occurs in it.
 */
export async function readTrees(repository: Repository, scan: Scan, contents: Contents): Promise<SecondRound> {
  const commits = scan.running === scan.target ? [scan.target] : [scan.target, scan.running];
  const listings = await Promise.all(commits.map((commit) => listTree(repository, commit)));
  const whole = new Set(scan.whole);
  const wantOf = (path: string) => (whole.has(path) ? 'whole' : wants(path));
  const trees = listings.map((entries) => entries.map((entry) => ({ ...entry, want: wantOf(entry.path) })));
  const wanted = trees.flat().filter(({ want }) => want !== 'no');
  await readBlobs(repository, wanted, { contents, keep: keepOf(wanted, scan.names) });
  const further = await scan.furtherNames?.(distinct(trees.flatMap((entries) => filesOf(entries, contents))));
  if (further && further.length > 0) {
    // What no name was found in has left the memory, so it is read again: a clone on disk, and only where a name goes away.
    await readBlobs(repository, wanted, { contents, keep: keepOf(wanted, further) });
  }

  const [targetTree = { paths: [], files: [] }, runningTree = targetTree] = trees.map((entries) => ({
    paths: entries.map(({ path }) => path),
    files: filesOf(entries, contents),
  }));
  return { targetTree, runningTree, unread: wanted.flatMap((entry) => unreadIn(entry, contents)) };
}

function keepOf(wanted: readonly WantedEntry[], names: readonly string[]): Keep {
  const whole = new Set(wanted.filter(({ want }) => want === 'whole').map(({ id }) => id));
  const isNamedIn = namesOccur(names);
  return (id, bytes) => whole.has(id) || isNamedIn(bytes);
}

function distinct(files: readonly SourceFile[]): readonly SourceFile[] {
  return [...new Map(files.map((file) => [`${file.path}\0${file.text}`, file])).values()];
}

/** Null: nothing is wanted of it, or no name occurs in it. */
function contentIn(entry: WantedEntry, contents: Contents): Content | null {
  return entry.want === 'no' ? null : contentAt(entry, contents);
}

function filesOf(entries: readonly WantedEntry[], contents: Contents): readonly SourceFile[] {
  return entries.flatMap((entry) => {
    const text = contentIn(entry, contents)?.text;
    return text == null ? [] : [{ path: entry.path, text }];
  });
}

/** A link's file stands elsewhere in the tree and is read there: only one among the definitions is a gap. */
function unreadIn(entry: WantedEntry, contents: Contents): readonly Unread[] {
  if (entry.want === 'if-named' && contentOfMode(entry.mode) !== null) return [];
  const reason = contentIn(entry, contents)?.reason;
  return reason ? [{ path: entry.path, line: 1, reason }] : [];
}
