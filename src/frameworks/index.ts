import type { ChangedFile, Want } from '../reading.ts';
import { settingsPath } from '../settings.ts';
import type { Framework } from './framework.ts';
import { rails } from './rails/index.ts';

/** Every framework, by name. */
export const frameworks = [rails] as const satisfies readonly Framework[];

/** How a file of the tree is wanted in the second round: the most that any framework wants of it. */
export function wants(path: string): Want {
  if (path === settingsPath) return 'whole';
  const wanted = frameworks.map((framework) => framework.wants(path));
  return wanted.includes('whole') ? 'whole' : wanted.includes('if-named') ? 'if-named' : 'no';
}

/**
 * Which files of the tree are wanted whole only because the pull request changes them, under either name, by path: what
 * old and new code are is then told from as much of both.
 */
export function wantedForChange(changed: readonly Pick<ChangedFile, 'path' | 'previousPath'>[]): readonly string[] {
  const paths = new Set(changed.flatMap(({ path, previousPath }) => [path, previousPath]));
  return [...paths].filter((path) => wants(path) === 'if-named').sort();
}
