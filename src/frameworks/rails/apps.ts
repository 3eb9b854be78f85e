import type { Settings } from '../../settings.ts';
import { dumpPlace, migrationPlace } from './places.ts';

const applicationFile = /^(?:(.*)\/)?config\/application\.rb$/;
const engineFile = /^(?:(.*?)\/)?lib\/(?:.+\/)?engine\.rb$/;
const notAnApp = /(?:^|\/)(?:spec|test|tests|fixtures|templates|vendor|node_modules)\//;

/**
 * The folders of Rails apps, anywhere in a repository: where `config/application.rb` is, and those that the settings
 * declare. A migrations folder or dump outside all of them makes its own folder one, except that the engines of a gem
 * are one app: whoever installs it runs them together, on one database.
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
    // Others than Rails have a `structure.sql`.
    const place = migrationPlace(path) ?? (path.endsWith('.rb') ? dumpPlace(path) : null);
    if (place && !notAnApp.test(path) && rootOf(path, found) === null) roots.add(place.root);
  }
  const engines = enginesOutside(paths, found);
  const own = [...roots].filter((root) => engines.has(root) && !found.includes(root));
  if (own.length > 0 && engines.size > 1) {
    for (const root of own) roots.delete(root);
    roots.add([...engines].reduce(commonFolder));
  }
  return [...roots].sort();
}

/** The folders of engines that belong to no app of the repository. */
function enginesOutside(paths: readonly string[], apps: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of paths) {
    const engine = engineFile.exec(path);
    if (engine && !notAnApp.test(path) && rootOf(path, apps) === null) found.add(engine[1] ?? '');
  }
  return found;
}

function commonFolder(one: string, other: string): string {
  const [parts, others] = [one.split('/'), other.split('/')];
  const same = parts.findIndex((part, index) => part !== others[index]);
  return (same === -1 ? parts : parts.slice(0, same)).join('/');
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
