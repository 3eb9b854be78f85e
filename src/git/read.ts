import { eachOnce } from '../by-path.ts';
import { wantedForChange } from '../frameworks/index.ts';
import type { Reading, SourceFile, Tree } from '../reading.ts';
import { type DeployOrder, type Settings, withOrder } from '../settings.ts';
import { furtherNamesOf, interestOf } from '../worker/index.ts';
import { type Asked, findCommits } from './commits.ts';
import { readChanged } from './first-round.ts';
import { findRepository } from './place.ts';
import { absentObjects } from './promised.ts';
import { readTrees } from './second-round.ts';
import { brokenSettings, settingsAt } from './settings.ts';

export interface ReadOptions extends Asked {
  /** Any folder of a repository. */
  readonly directory: string;
  /** Null: the target's own settings file. */
  readonly settings: Settings | null;
  /** Null: what the settings say. */
  readonly order: DeployOrder | null;
}

const emptyTree: Tree = { paths: [], files: [] };

/**
 * Reads a pull request out of a local repository: objects only, nothing is checked out, fetched or executed.
 * @throws GitError for what the caller can mend, SettingsError for a broken settings file
 */
export async function readRepository(options: ReadOptions): Promise<Reading> {
  const repository = await findRepository(options.directory);
  const commits = await findCommits(repository, options);
  const { target, base, running, head } = commits;
  const contents = await absentObjects(repository, [target, base, running, ...(head === null ? [] : [head])]);
  const declared = options.settings ?? (await settingsAt(repository, target, contents));
  const settings = withOrder(declared, options.order);

  const { changed, unread: unreadSides } = await readChanged(repository, commits, contents);
  const unread = [...unreadSides, ...brokenSettings(changed)];
  const first = { ...commits, settings, changed };
  const { relevant, names, asksDefinitions } = await interestOf(first);
  if (!relevant) {
    return { ...first, relevant, targetTree: emptyTree, runningTree: emptyTree, unread: eachOnce(unread) };
  }

  const furtherNames = asksDefinitions ? (files: readonly SourceFile[]) => furtherNamesOf(first, files) : null;
  const trees = await readTrees(
    repository,
    { ...commits, names, furtherNames, whole: wantedForChange(changed) },
    contents,
  );
  return { ...first, relevant, ...trees, unread: eachOnce([...unread, ...trees.unread]) };
}
