import { absent, type Content } from '../content.ts';
import { wants } from '../frameworks/index.ts';
import type { ChangedFile, Unread } from '../reading.ts';
import { type Contents, contentAt, keepAll, readBlobs } from './blobs.ts';
import type { Change, Side } from './change.ts';
import { commitChanges } from './commit-changes.ts';
import type { Commits } from './commits.ts';
import type { Repository } from './place.ts';
import { pairRenames } from './renames.ts';
import { workTreeChanges } from './work-tree.ts';

export interface FirstRound {
  readonly changed: readonly ChangedFile[];
  readonly unread: readonly Unread[];
}

/** Reads the files that the pull request changes, on both sides. */
export async function readChanged(repository: Repository, commits: Commits, contents: Contents): Promise<FirstRound> {
  const changes =
    commits.head === null
      ? await readWorkTree(repository, commits.base, contents)
      : await readCommits(repository, [commits.base, commits.head], contents);
  return { changed: changes.map((change) => changedFile(change, contents)), unread: unreadSides(changes, contents) };
}

async function readCommits(
  repository: Repository,
  [base, head]: readonly [string, string],
  contents: Contents,
): Promise<readonly Change[]> {
  const changes = await commitChanges(repository, base, head);
  await readBlobs(repository, changes.filter(matters).flatMap(sides), { contents, keep: keepAll });
  return changes;
}

async function readWorkTree(repository: Repository, base: string, contents: Contents): Promise<readonly Change[]> {
  const changes = await workTreeChanges(repository, base, contents);
  await readBlobs(repository, changes.filter(matters).flatMap(sides), { contents, keep: keepAll });
  const real = changes.map((change) => withBaseLineBreaks(change, contents));
  return pairRenames(real.filter(isChange), contents);
}

/** Whether anything is wanted of it under one of its names. Others are changed, and nobody reads them. */
function matters({ path, previousPath }: Change): boolean {
  return wants(path) !== 'no' || wants(previousPath) !== 'no';
}

function sides(change: Change): readonly Side[] {
  return [change.base, change.head].filter((side) => side !== null);
}

/** Git writes CRLF into a work tree where its settings say so; that alone changes nothing. */
function withBaseLineBreaks(change: Change, contents: Contents): Change {
  const before = change.base && contentAt(change.base, contents)?.text;
  const after = change.head && contentAt(change.head, contents)?.text;
  if (before == null || after == null || before.includes('\r\n') || !after.includes('\r\n')) return change;
  const text = after.replaceAll('\r\n', '\n');
  const id = text === before && change.base ? change.base.id : `lines:${change.head?.id}`;
  contents.set(id, { text, reason: null });
  return { ...change, head: { mode: '100644', id } };
}

function isChange(change: Change): boolean {
  return change.base?.id !== change.head?.id;
}

function changedFile(change: Change, contents: Contents): ChangedFile {
  const { path, previousPath } = change;
  const text = (side: Side | null) => (side && contentAt(side, contents)?.text) ?? null;
  return { path, previousPath, status: statusOf(change), base: text(change.base), head: text(change.head) };
}

function statusOf(change: Change): ChangedFile['status'] {
  if (change.base === null) return 'added';
  if (change.head === null) return 'deleted';
  return change.path === change.previousPath ? 'modified' : 'renamed';
}

/** Only files that could tell something are missed: a changed picture is no gap. */
function unreadSides(changes: readonly Change[], contents: Contents): readonly Unread[] {
  const unread = (path: string, side: Side | null): readonly Unread[] => {
    const content: Content | null = side && (contentAt(side, contents) ?? absent);
    return content?.reason && wants(path) !== 'no' ? [{ path, line: 1, reason: content.reason }] : [];
  };
  return changes.flatMap((change) => [
    ...unread(change.previousPath, change.base),
    ...unread(change.path, change.head),
  ]);
}
