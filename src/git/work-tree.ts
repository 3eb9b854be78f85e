import { byPath } from '../by-path.ts';
import { type Content, unnameable } from '../content.ts';
import { wants } from '../frameworks/index.ts';
import { contentOfMode } from './blobs.ts';
import { type Change, readRawDiff, type Side } from './change.ts';
import { diskReader } from './disk.ts';
import { GitError } from './git-error.ts';
import type { Repository } from './place.ts';
import { ask, demand } from './run.ts';

/**
 * The files of the work tree that differ from a commit, staged or not, and those that are new and not ignored. What it
 * read of them goes into `contents`. New files are only taken where a framework wants them: a folder of dependencies
 * that nobody ignored is no part of the change.
 * @throws GitError when the index cannot be read
 */
export async function workTreeChanges(
  repository: Repository,
  base: string,
  contents: Map<string, Content>,
): Promise<readonly Change[]> {
  const read = diskReader(repository.workTree ?? repository.directory, base);
  const changes: Change[] = [];
  for (const suspect of await suspects(repository, base)) {
    const { path, before } = suspect;
    const found = isNameable(path)
      ? (read(path) ?? notCheckedOut(suspect))
      : { side: unnamed(path), content: unnameable };
    if (!differs(before, found)) continue;
    if (found?.content && isKept(path, found.side)) contents.set(found.side.id, found.content);
    changes.push({ path, previousPath: path, base: before, head: found?.side ?? null });
  }
  return changes.sort(byPath);
}

/** A link's own bytes are where it leads, which may well be the id of a file too. */
function isKept(path: string, side: Side): boolean {
  return contentOfMode(side.mode) === null && wants(path) !== 'no';
}

/** What git gives as bytes came decoded: a name with a replacement character leads to no file. */
function isNameable(path: string): boolean {
  return !path.includes('\uFFFD');
}

function unnamed(path: string): Side {
  return { mode: '100644', id: `name:${path}` };
}

/** A path that may differ, with its side at the base and in the index. */
interface Suspect {
  readonly path: string;
  readonly before: Side | null;
  readonly indexed: Side | null;
}

/** Where only a part of the tree is checked out, git goes by the index for the rest. */
function notCheckedOut({ indexed }: Suspect): { readonly side: Side; readonly content: null } | null {
  return indexed && !/^0+$/.test(indexed.id) ? { side: indexed, content: null } : null;
}

async function suspects(repository: Repository, base: string): Promise<Iterable<Suspect>> {
  const quiet = { ...repository, overrides: await filtersOff(repository) };
  const diff = ['diff-index', '-r', '-z', '--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=all', base];
  const others = ['ls-files', '-z', '--others', '--exclude-standard'];
  const [tracked, untracked] = await Promise.all([demand(quiet, ...diff), demand(quiet, ...others)]);
  const found = new Map<string, Suspect>();
  for (const path of untracked.split('\0'))
    if (wants(path) !== 'no') found.set(path, { path, before: null, indexed: null });
  for (const { path, base: before, head: indexed } of readRawDiff(tracked)) {
    found.set(path, { path, before: before ?? found.get(path)?.before ?? null, indexed });
  }
  return found.values();
}

function differs(before: Side | null, found: { readonly side: Side } | null): boolean {
  return before === null ? found !== null : before.id !== found?.side.id;
}

/**
 * Comparing the disk with the index may run the programs that `filter.*` of the configuration names. None is needed:
 * a file that comes out different is compared again here.
 */
async function filtersOff(repository: Repository): Promise<readonly string[]> {
  const answer = await ask(repository, 'config', '--null', '--name-only', '--get-regexp', '^filter\\.');
  const drivers = new Set(answer.output.split('\0').map((key) => key.slice(0, key.lastIndexOf('.'))));
  drivers.delete('');
  for (const driver of drivers) {
    if (driver.includes('=')) {
      throw new GitError(`${repository.directory} has a filter named \`${driver}\`: name a commit with --head instead`);
    }
  }
  return [...drivers].flatMap((driver) => [`${driver}.clean=`, `${driver}.process=`, `${driver}.required=false`]);
}
