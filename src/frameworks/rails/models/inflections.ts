import { pluralize as pluralByDefault, singularize as singularByDefault } from 'inflected';

import type { SourceFile } from '../../../reading.ts';
import { readInflectionRules } from './inflection-rules.ts';

/** How one project turns class names into table and association names, and back. Holds no state of another project. */
export interface Inflector {
  readonly pluralize: (word: string) => string;
  readonly singularize: (word: string) => string;
  /** `HTMLPage` → `html_page`, `Admin::User` → `admin/user`. */
  readonly underscore: (className: string) => string;
  /** `html_page` → `HtmlPage`, `admin/user` → `Admin::User`. */
  readonly camelize: (word: string) => string;
  /** The class that an association or table name stands for: `comment_locks` → `CommentLock`. */
  readonly classify: (name: string) => string;
  /** The table of a class by its last name alone: `Admin::CommentLock` → `comment_locks`. */
  readonly tableize: (className: string) => string;
}

/** A word's replacement where `pattern` matches. The newest rule that matches wins, as in Active Support. */
export interface WordRule {
  readonly pattern: RegExp;
  readonly replacement: string;
}

export interface InflectionRules {
  /** Newest first. */
  readonly plurals: readonly WordRule[];
  readonly singulars: readonly WordRule[];
  readonly uncountables: ReadonlySet<string>;
  /** Lower case → as written: `html` → `HTML`. */
  readonly acronyms: ReadonlyMap<string, string>;
}

/**
 * The inflections of a project: Active Support's, with the rules of its `config/initializers/inflections.rb` before
 * them. `inflected` keeps its rules in a process-wide table, so the project's own are applied here and never given to it.
 */
export function inflector(inflectionsFile: SourceFile | null): Inflector {
  const rules = readInflectionRules(inflectionsFile);
  const pluralize = remembered((word) => byRules(word, rules.plurals, rules.uncountables) ?? pluralByDefault(word));
  const singularize = remembered(
    (word) => byRules(word, rules.singulars, rules.uncountables) ?? singularByDefault(word),
  );
  const underscore = remembered((name) => underscored(name, rules.acronyms));
  const camelize = remembered((word) => camelized(word, rules.acronyms));
  return {
    pluralize,
    singularize,
    underscore,
    camelize,
    classify: (name) => camelize(singularize(name.slice(name.lastIndexOf('.') + 1))),
    tableize: (className) => pluralize(underscore(className.slice(className.lastIndexOf('::') + 1).replace(/^:/, ''))),
  };
}

/** The inflections of the app whose files these are. */
export function inflectionsIn(files: readonly SourceFile[]): Inflector {
  return inflector(files.find(({ path }) => /(?:^|\/)config\/initializers\/inflections\.rb$/.test(path)) ?? null);
}

/** Null: no rule of the project applies. */
function byRules(word: string, rules: readonly WordRule[], uncountables: ReadonlySet<string>): string | null {
  const last = word.slice(word.lastIndexOf('_') + 1).toLowerCase();
  if (uncountables.has(word.toLowerCase()) || uncountables.has(last)) return word;
  const rule = rules.find(({ pattern }) => pattern.test(word));
  return rule ? word.replace(rule.pattern, rule.replacement) : null;
}

function underscored(name: string, acronyms: ReadonlyMap<string, string>): string {
  let words = name.replaceAll('::', '/');
  for (const acronym of acronyms.values()) {
    words = words.split(acronym).reduce((before, after) => {
      const ends = after === '' || !/^[a-z]/.test(after);
      if (!ends) return before + acronym + after;
      return `${before}${/[A-Za-z\d]$/.test(before) ? '_' : ''}${acronym.toLowerCase()}${after}`;
    });
  }
  return words
    .replace(/([A-Z\d])(?=[A-Z][a-z])/g, '$1_')
    .replace(/([a-z\d])(?=[A-Z])/g, '$1_')
    .replaceAll('-', '_')
    .toLowerCase();
}

function camelized(word: string, acronyms: ReadonlyMap<string, string>): string {
  const part = (text: string) => acronyms.get(text.toLowerCase()) ?? text.charAt(0).toUpperCase() + text.slice(1);
  return word
    .split('/')
    .map((path) => path.split('_').map(part).join(''))
    .join('::');
}

/** Longer than any name; a text that poses as one is returned as it is. */
const maxWord = 200;

function remembered(change: (word: string) => string): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    if (word.length > maxWord) return word;
    const before = known.get(word);
    if (before !== undefined) return before;
    const after = change(word);
    known.set(word, after);
    return after;
  };
}
