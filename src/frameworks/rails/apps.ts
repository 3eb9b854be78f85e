import type { Settings } from '../../settings.ts';
import { dumpPlace, migrationPlace } from './places.ts';

const applicationFile = /^(?:(.*)\/)?config\/application\.rb$/;
const notAnApp = /(?:^|\/)(?:spec|test|tests|fixtures|templates|vendor|node_modules)\//;

/**
 * The folders of Rails apps, anywhere in a repository: where `config/application.rb` is, and those that the settings
 * declare. A migrations folder or dump outside all of them (a gem with engines only) makes its own folder one.
 */
export function appRoots(paths: readonly string[], settings: Settings): readonly string[] {
  const roots = new Set<string>();
  for (const declared of settings.apps) {
    if (declared.framework === null || declared.framework === 'rails') roots.add(declared.root);
  }
  for (const path of paths) {
    const root = applicationFile.exec(path);
    if (root && !notAnApp.test(path)) roots.add(root[1] ?? '');
  }
  const found = [...roots];
  for (const path of paths) {
    const place = migrationPlace(path) ?? dumpPlace(path);
    if (place && !notAnApp.test(path) && rootOf(path, found) === null) roots.add(place.root);
  }
  return [...roots].sort();
}

/** The innermost app that a path belongs to; null where it belongs to none. */
export function rootOf(path: string, roots: readonly string[]): string | null {
  let best: string | null = null;
  for (const root of roots) {
    const inside = root === '' || path.startsWith(`${root}/`);
    if (inside && (best === null || root.length > best.length)) best = root;
  }
  return best;
}
