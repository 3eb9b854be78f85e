import type { SourceFile } from '../../reading.ts';

/** Longer lines are not written by hand, and patterns need not be quick on them. */
const maxLine = 1000;

/** The lines of a project file that people write; ones that are too long come empty, so that numbers stay right. */
export function handWritten(text: string): readonly string[] {
  return text.split('\n').map((line) => (line.length > maxLine ? '' : line));
}

/** Migration linters whose helpers a generated migration must get along with. */
export function installedHelpers(files: readonly SourceFile[]): readonly string[] {
  return ['strong_migrations', 'online_migrations'].filter((gem) => gemLine(files, gem) !== null);
}

/** Where the lock file has a gem. Null: it has not. */
export function gemLine(files: readonly SourceFile[], gem: string): { path: string; line: number } | null {
  for (const file of files.filter(({ path }) => /(?:^|\/)Gemfile\.lock$/.test(path))) {
    const index = file.text.split('\n').findIndex((line) => line.startsWith(`    ${gem} (`));
    if (index >= 0) return { path: file.path, line: index + 1 };
  }
  return null;
}

/**
 * Whether INSERT names only the attributes that were set. Rails: on before `load_defaults 7.0`, off since, and either
 * set by hand (https://guides.rubyonrails.org/configuring.html#config-active-record-partial-inserts).
 */
export function partialInserts(files: readonly SourceFile[]): boolean {
  const lines = files
    .filter(({ path }) => /(?:^|\/)config\/(?:application|initializers\/new_framework_defaults\w*)\.rb$/.test(path))
    .flatMap(({ text }) => text.split('\n').filter((line) => !line.trimStart().startsWith('#')));
  let answer = true;
  for (const line of lines) {
    const defaults = /\bload_defaults[\s(]+["']?(\d+)/.exec(line)?.[1];
    if (defaults !== undefined) answer = Number(defaults) < 7;
  }
  for (const line of lines) {
    const set = /\bpartial_(?:inserts|writes)\s*=\s*(true|false)\b/.exec(line)?.[1];
    if (set !== undefined) answer = set === 'true';
  }
  return answer;
}
