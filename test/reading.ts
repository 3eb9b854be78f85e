import type { Watch } from '../src/frameworks/framework.ts';
import { wantedForChange, wants } from '../src/frameworks/index.ts';
import { furtherNames, interest } from '../src/interest.ts';
import { namesOccur } from '../src/names.ts';
import { overlay } from '../src/overlay.ts';
import type { ChangedFile, FirstReading, Reading, Tree } from '../src/reading.ts';
import { parseSettings, settingsPath } from '../src/settings.ts';

/** Texts by path; null deletes. */
export type Files = Readonly<Record<string, string | null>>;

export interface PullRequest {
  /** The target's files. */
  readonly before: Readonly<Record<string, string>>;
  /** What the pull request changes. */
  readonly after: Files;
  /** The text of the settings file; the one among the target's files where it is left out. */
  readonly settings?: string;
  /** What runs now differs from the target by these files. */
  readonly running?: Files;
}

/** Nobody watches. */
export const silent: Watch = (_, read) => read();

/** A reading as `git/` or `github/` would bring it, of files that stand in a test. */
export function readingOf({ before, after, settings, running }: PullRequest): Reading {
  const changed = Object.entries(after).map(([path, head]) => changedFile(path, before[path] ?? null, head));
  const first: FirstReading = {
    target: 'a'.repeat(40),
    base: 'b'.repeat(40),
    head: 'c'.repeat(40),
    running: running ? 'd'.repeat(40) : 'a'.repeat(40),
    settings: parseSettings(settings ?? before[settingsPath] ?? '', settingsPath),
    changed,
  };
  const { relevant, names, asksDefinitions } = interest(first, silent);
  const whole = wantedForChange(changed);
  const keepWith = (words: readonly string[]) => (path: string, text: string) =>
    whole.includes(path) || isWanted(path, text, words);
  const firstTree = treeOf(before, keepWith(names));
  const further = asksDefinitions ? furtherNames(first, firstTree.files, silent) : [];
  const targetTree = treeOf(before, keepWith([...names, ...further]));
  const runningTree = running
    ? overlay(
        targetTree,
        Object.entries(running).map(([path, head]) => changedFile(path, before[path] ?? null, head)),
      )
    : targetTree;
  const empty: Tree = { paths: [], files: [] };
  return relevant
    ? { ...first, relevant, targetTree, runningTree, unread: [] }
    : { ...first, relevant, targetTree: empty, runningTree: empty, unread: [] };
}

function changedFile(path: string, base: string | null, head: string | null): ChangedFile {
  const status = head === null ? 'deleted' : base === null ? 'added' : 'modified';
  return { path, previousPath: path, status, base, head };
}

function treeOf(files: Readonly<Record<string, string>>, keep: (path: string, text: string) => boolean): Tree {
  return {
    paths: Object.keys(files).sort(),
    files: Object.entries(files)
      .filter(([path, text]) => keep(path, text))
      .map(([path, text]) => ({ path, text })),
  };
}

function isWanted(path: string, text: string, names: readonly string[]): boolean {
  const want = wants(path);
  if (want === 'whole') return true;
  return want === 'if-named' && namesOccur(names)(Buffer.from(text));
}
