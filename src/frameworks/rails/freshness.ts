import { changedLines } from '../../changes.ts';
import type { ChangedFile } from '../../reading.ts';
import { isCode } from './wants.ts';

/**
 * The added files that nothing but other added files reaches: a feature that nobody has yet. A file that was there
 * reaches an added one when a line that the pull request changes in it names the file's constant, its partial or its route.
 */
export function unreachedFiles(changed: readonly ChangedFile[]): ReadonlySet<string> {
  const added = changed.filter((file) => file.status === 'added' && isCode(file.path));
  const reached = new Set<string>();
  let words = wordsOf(changed.filter((file) => file.status !== 'added' && isCode(file.path) && !isRoutes(file.path)));
  for (;;) {
    const next = added.filter((file) => !reached.has(file.path) && namesOf(file.path).some((name) => words.has(name)));
    if (next.length === 0) break;
    for (const file of next) reached.add(file.path);
    words = wordsOf(next);
  }
  return new Set(added.map((file) => file.path).filter((path) => !reached.has(path)));
}

/** A route alone shows a new page to nobody. */
function isRoutes(path: string): boolean {
  return /(?:^|\/)config\/routes(?:\/|\.rb$)/.test(path);
}

function wordsOf(files: readonly ChangedFile[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const file of files) {
    const changed = changedLines(file);
    for (const [index, line] of (file.head ?? '').split('\n').entries()) {
      if (changed.has(index + 1)) for (const word of line.match(/\w+/g) ?? []) words.add(word);
    }
  }
  return words;
}

function namesOf(path: string): readonly string[] {
  const base = (path.split('/').at(-1) ?? '').replace(/\..*$/, '').replace(/^_/, '');
  const constant = base.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const resource = base.replace(/_controller$/, '');
  return [base, constant, `${resource}_path`, `${resource}_url`];
}
