import { git } from './git.ts';

/** A changed file as GitHub's `diff-entry` names things. */
export interface ChangedPath {
  readonly sha: string;
  readonly filename: string;
  readonly previous: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  readonly additions: number;
  readonly deletions: number;
  /** Null where GitHub leaves it out: binary files, renames without a change, files over the limits below. */
  readonly patch: string | null;
}

/** GitHub's limits for one file in a diff, and for the diff: documented under "repository limits". */
const maxFilePatchBytes = 500_000;
const maxFilePatchLines = 20_000;
const maxDiffBytes = 1_000_000;

const statuses: Readonly<Record<string, ChangedPath['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** What changed between two commits, renames found as GitHub finds them, in Git's order of paths. */
export async function changedPaths(directory: string, from: string, to: string): Promise<readonly ChangedPath[]> {
  const range = ['-r', '-M', '--no-ext-diff', from, to];
  const [raw, counts, patch] = await Promise.all([
    git(directory, 'diff-tree', '--raw', '-z', '--no-abbrev', ...range),
    git(directory, 'diff-tree', '--numstat', '-z', ...range),
    git(directory, 'diff-tree', '-p', '--no-color', ...range),
  ]);
  const numbers = numstat(counts.toString('utf8'));
  const patches = patchTexts(patch.toString('utf8'));
  let total = 0;
  return rawEntries(raw.toString('utf8')).map((entry, index) => {
    const { additions = 0, deletions = 0 } = numbers[index] ?? {};
    const text = patches[index] ?? null;
    total += text?.length ?? 0;
    return {
      ...entry,
      additions,
      deletions,
      patch: text !== null && fits(text) && total <= maxDiffBytes ? text : null,
    };
  });
}

type RawEntry = Pick<ChangedPath, 'sha' | 'filename' | 'previous' | 'status'>;

function rawEntries(text: string): RawEntry[] {
  const words = text.split('\0');
  const entries: RawEntry[] = [];
  for (let index = 0; index < words.length - 1; ) {
    const [, , before = '', after = '', letters = ''] = (words[index++] ?? '').split(' ');
    const status = statuses[letters.charAt(0)] ?? 'changed';
    const first = words[index++] ?? '';
    const moved = status === 'renamed' || status === 'copied';
    entries.push({
      sha: status === 'removed' ? before : after,
      filename: moved ? (words[index++] ?? '') : first,
      previous: moved ? first : null,
      status,
    });
  }
  return entries;
}

/** `-` stands for a binary file. A rename has an empty name and then two more words. */
function numstat(text: string): { additions: number; deletions: number }[] {
  const words = text.split('\0');
  const result: { additions: number; deletions: number }[] = [];
  for (let index = 0; index < words.length - 1; index++) {
    const [additions = '-', deletions = '-', name = ''] = (words[index] ?? '').split('\t');
    result.push({ additions: Number(additions) || 0, deletions: Number(deletions) || 0 });
    if (name === '') index += 2;
  }
  return result;
}

/** One text per file. No line inside a hunk can begin with `diff --git`: each begins with a space or a sign. */
function patchTexts(text: string): (string | null)[] {
  const files = text.split(/^diff --git /m).slice(1);
  return files.map((file) => {
    const start = file.search(/^@@ /m);
    return start === -1 ? null : file.slice(start).replace(/\n$/, '');
  });
}

function fits(patch: string): boolean {
  return patch.length <= maxFilePatchBytes && patch.split('\n').length <= maxFilePatchLines;
}
