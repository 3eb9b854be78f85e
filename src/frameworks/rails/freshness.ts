import { changedLines } from '../../changes.ts';
import type { ChangedFile } from '../../reading.ts';
import { isCode } from './wants.ts';

/**
 * The added files that nothing but other added files reaches: a feature that nobody has yet. A file that was there
 * reaches an added one when a line that the pull request changes in it names the file's constant, its partial or its
 * route; Rails itself reaches what it loads at start and what it finds by its name. `paths` are the target's.
 */
export function unreachedFiles(changed: readonly ChangedFile[], paths: readonly string[]): ReadonlySet<string> {
  const added = changed.filter((file) => file.status === 'added' && isCode(file.path));
  const there = new Set(paths);
  const reached = new Set<string>();
  let next = added.filter(({ path }) => isFoundByRails(path, there));
  let words = wordsOf(changed.filter((file) => file.status !== 'added' && isCode(file.path) && !isRoutes(file.path)));
  for (;;) {
    for (const file of next) reached.add(file.path);
    for (const word of wordsOf(next)) words.add(word);
    next = added.filter((file) => !reached.has(file.path) && namesOf(file.path).some((name) => words.has(name)));
    if (next.length === 0) break;
    words = new Set();
  }
  return new Set(added.map((file) => file.path).filter((path) => !reached.has(path)));
}

/** A route alone shows a new page to nobody. */
function isRoutes(path: string): boolean {
  return /(?:^|\/)config\/routes(?:\/|\.rb$)/.test(path);
}

/** Loaded whenever a process starts, or laid around pages that were there. */
const loaded = /(?:^|\/)(?:config\/|lib\/tasks\/|app\/overrides\/|app\/views\/layouts\/)|\.rake$|_decorator\.rb$/;

/** What Rails looks for by the name of something else: how the one path follows from the other. */
const conventions: readonly (readonly [RegExp, readonly string[]])[] = [
  // A page of an action. A partial is always named by whoever shows it.
  [/^(.*?)app\/views\/(.+)\/[^_/][^/]*$/, ['$1app/controllers/$2_controller.rb', '$1app/mailers/$2.rb']],
  [/^(.*?app\/components\/.+?)\.(?:[\w+-]+\.)*(?:erb|haml|slim)$/, ['$1.rb']],
  [/^(.*?)app\/(?:serializers|policies)\/(.+)_(?:serializer|policy)\.rb$/, ['$1app/models/$2.rb']],
];

function isFoundByRails(path: string, there: ReadonlySet<string>): boolean {
  if (isRoutes(path)) return false;
  if (loaded.test(path)) return true;
  return conventions.some(
    ([own, others]) => own.test(path) && others.some((other) => there.has(path.replace(own, other))),
  );
}

function wordsOf(files: readonly ChangedFile[]): Set<string> {
  const words = new Set<string>();
  for (const file of files) {
    const changed = changedLines(file);
    for (const [index, line] of (file.head ?? '').split('\n').entries()) {
      if (changed.has(index + 1)) for (const word of line.match(/\w+/g) ?? []) words.add(asKey(word));
    }
  }
  return words;
}

function namesOf(path: string): readonly string[] {
  const base = (path.split('/').at(-1) ?? '').replace(/\..*$/, '').replace(/^_/, '');
  const resource = base.replace(/_controller$/, '');
  return [base, `${resource}_path`, `${resource}_url`].map(asKey);
}

/** `OAuthToken`, `o_auth_token` and `oauth_token` are one name: which letters are capitals is the project's own affair. */
function asKey(word: string): string {
  return word.replaceAll('_', '').toLowerCase();
}
