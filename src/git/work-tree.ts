import type { Content } from '../content.ts';
import { wants } from '../frameworks/index.ts';
import { contentOfMode } from './blobs.ts';
import { byPath, type Change, readRawDiff, type Side } from './change.ts';
import { diskReader, type Found } from './disk.ts';
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
  for (const [path, before] of await suspects(repository, base)) {
    const found = read(path);
    if (!differs(before, found)) continue;
    // A link's own bytes are where it leads, which may well be the id of a file too.
    if (found && contentOfMode(found.side.mode) === null) contents.set(found.side.id, found.content);
    changes.push({ path, previousPath: path, base: before, head: found?.side ?? null });
  }
  return changes.sort(byPath);
}

/** Every path that may differ, with its side at the base. */
async function suspects(repository: Repository, base: string): Promise<ReadonlyMap<string, Side | null>> {
  const quiet = { ...repository, overrides: await filtersOff(repository) };
  const diff = ['diff-index', '-r', '-z', '--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=all', base];
  const others = ['ls-files', '-z', '--others', '--exclude-standard'];
  const [tracked, untracked] = await Promise.all([demand(quiet, ...diff), demand(quiet, ...others)]);
  const found = new Map<string, Side | null>();
  for (const path of untracked.split('\0')) if (wants(path) !== 'no') found.set(path, null);
  for (const change of readRawDiff(tracked)) found.set(change.path, change.base ?? found.get(change.path) ?? null);
  return found;
}

function differs(before: Side | null, found: Found | null): boolean {
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
