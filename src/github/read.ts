import { eachOnce } from '../by-path.ts';
import { type Content, unreadable } from '../content.ts';
import { wantedForChange, wants } from '../frameworks/index.ts';
import type { ChangedFile, FirstReading, Interest, Reading, SourceFile, Unread } from '../reading.ts';
import { defaultSettings, type Settings, SettingsError, settingsPath } from '../settings.ts';
import { furtherNamesOf, interestOf } from '../worker/index.ts';
import { readTree } from './archive.ts';
import type { Place } from './blob-query.ts';
import { readBlobs } from './blobs.ts';
import { type Change, type Changes, listChanges } from './changes.ts';
import type { Client } from './client.ts';
import type { PullFacts } from './pull-facts.ts';
import { proposedIn, settingsFor } from './settings.ts';
import type { ReadTree } from './tree-cache.ts';

/** The first round, and what it could not read. */
export interface FirstRound {
  readonly first: FirstReading;
  readonly unread: readonly Unread[];
  /** False: no changed file can matter, so nothing but their paths was read. */
  readonly relevant: boolean;
  /** Why the settings that the pull request itself brings could not be used; null where they can, or it brings none. */
  readonly proposedSettings: SettingsError | null;
  /** Numbers of the open pull requests that GitHub knows to have this head. Empty where it was not asked. */
  readonly sharing: readonly number[];
}

/**
 * Reads the changed files on both sides and the target's settings: one request where no changed file matters, else two.
 * @throws GitHubError, or SettingsError when the target's settings cannot be used
 */
export async function readFirst(client: Client, pull: PullFacts, given: Settings | null = null): Promise<FirstRound> {
  const compared = await listChanges(client, pull);
  const relevant = compared.changes.some(matters);
  if (!relevant) return irrelevant(compared, pull, given ?? defaultSettings);

  const places = placesOf(compared, pull.head);
  const { contents, sharing } = await readBlobs(client, pull, { places, head: pull.head });
  const { changed, unread } = filled(compared.changes, contents.slice(1));
  const proposed = proposedIn(changed);
  const settings = given ?? settingsFor(contents[0] ?? null, proposed);
  const first = { ...commitsOf(compared, pull), settings, changed };
  return { first, unread, relevant, sharing, proposedSettings: proposed instanceof SettingsError ? proposed : null };
}

/**
 * The second round: one archive of the target's tree, and one of what runs now where that is another commit, unless
 * nothing is at stake.
 * @throws GitHubError, or ReviewError when finding out what is at stake fails
 */
export async function readSecond(
  client: Client,
  pull: PullFacts,
  round: FirstRound,
  read: ReadTree = readTree,
): Promise<Reading> {
  const { first, unread } = round;
  const interest = round.relevant ? await interestOf(first) : nothing;
  if (!interest.relevant) return { ...first, relevant: false, targetTree: noTree, runningTree: noTree, unread };

  const { names } = interest;
  const furtherNames = interest.asksDefinitions ? (files: readonly SourceFile[]) => furtherNamesOf(first, files) : null;
  const whole = wantedForChange(first.changed);
  const treeOf = (commit: string) =>
    read(client, { owner: pull.owner, repo: pull.repo, commit }, { wants, whole, names, furtherNames });
  const target = await treeOf(first.target);
  const running = first.running === first.target ? target : await treeOf(first.running);
  return {
    ...first,
    relevant: true,
    targetTree: target.tree,
    runningTree: running.tree,
    unread: eachOnce([...unread, ...target.unread, ...running.unread]),
  };
}

const nothing: Interest = { relevant: false, names: [], asksDefinitions: false };
const noTree = { paths: [], files: [] };

function irrelevant(compared: Changes, pull: PullFacts, settings: Settings): FirstRound {
  const changed = compared.changes.map((change) => ({ ...change, base: null, head: null }));
  const first = { ...commitsOf(compared, pull), settings, changed };
  return { first, unread: [], relevant: false, proposedSettings: null, sharing: [] };
}

function commitsOf({ target, base }: Changes, { head }: PullFacts) {
  return { target, base, head, running: target };
}

function matters({ path, previousPath }: Change): boolean {
  return wants(path) !== 'no' || wants(previousPath) !== 'no';
}

/** The target's settings, then each file that matters at the base and at the head. */
function placesOf({ target, base, changes }: Changes, head: string): Place[] {
  const sides = changes
    .filter(matters)
    .flatMap((change) => [
      ...(change.status === 'added' ? [] : [{ commit: base, path: change.previousPath }]),
      ...(change.status === 'deleted' ? [] : [{ commit: head, path: change.path }]),
    ]);
  return [{ commit: target, path: settingsPath, optional: true }, ...sides];
}

/** A file that the comparison names and that is then not to be found: never taken for one that is not there. */
const unseen = unreadable('GitHub did not show it');

/** Gives the contents back to their files, in the order of `placesOf`. */
function filled(changes: readonly Change[], contents: readonly (Content | null)[]) {
  const unread: Unread[] = [];
  let next = 0;
  const take = (path: string): string | null => {
    const content = contents[next++] ?? unseen;
    if (content.text === null && wants(path) !== 'no') unread.push({ path, line: 1, reason: content.reason });
    return content.text;
  };
  const changed = changes.map((change): ChangedFile => {
    if (!matters(change)) return { ...change, base: null, head: null };
    const base = change.status === 'added' ? null : take(change.previousPath);
    const head = change.status === 'deleted' ? null : take(change.path);
    return { ...change, base, head };
  });
  return { changed, unread: eachOnce(unread) };
}
