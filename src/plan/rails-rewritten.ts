import type { AppReading } from '../frameworks/framework.ts';
import { inflector } from '../frameworks/rails/models/inflections.ts';
import type { Tree } from '../reading.ts';
import type { GeneratedFile } from './plan.ts';
import { doesNothing, withoutCuts } from './rails-cut.ts';
import { railsMigration } from './rails-migration.ts';
import { dumpsOf, dumpWithVersion, migrationFileOf, newMigrationNames } from './rails-versions.ts';
import type { Rewrite } from './recipe.ts';

/** What stands in the place of one author's migration. */
export interface Written {
  /** First the author's own file. */
  readonly files: readonly GeneratedFile[];
  /** Dumps of the pull request that must know of new versions. */
  readonly dumps: readonly GeneratedFile[];
}

/** Writes what recipes made of an app's migrations into files of their own. `tree` is the one at the head. */
export function railsWriter({ app, dumps }: AppReading, tree: Tree) {
  const isOwn = (path: string) => app.root === '' || path.startsWith(`${app.root}/`);
  const texts = new Map(tree.files.map((file) => [file.path, file.text]));
  const names = newMigrationNames(tree.paths.filter(isOwn));
  const inflections = tree.files.find(({ path }) => isOwn(path) && path.endsWith('config/initializers/inflections.rb'));
  const { camelize } = inflector(inflections ?? null);

  /** Null where the author's file is not of the kind that Rails makes, or no version is left. */
  return (path: string, rewrites: readonly Rewrite[]): Written | null => {
    const place = migrationFileOf(path);
    const text = withoutCuts(
      texts.get(path) ?? '',
      rewrites.flatMap(({ cuts }) => cuts),
    );
    const left = railsMigration(path, text);
    if (!place || !left) return null;

    const emptied = doesNothing(left.entry);
    const own = (emptied && rewrites[0]?.render(left.className)) || text;
    const files: GeneratedFile[] = [{ path, content: own, replaces: path }];
    const versions: string[] = [];
    for (const { name, render } of emptied ? rewrites.slice(1) : rewrites) {
      const next = names(place.folder, name);
      if (!next) return null;
      versions.push(next.version);
      files.push({ path: next.path, content: render(camelize(next.name)), replaces: null });
    }
    const changed = dumpsOf(place.folder).filter((dump) => dumps.includes(dump));
    return { files, dumps: changed.flatMap((dump) => dumpAfter(dump, texts, versions) ?? []) };
  };
}

/** Dumps name the versions that ran; one that leaves out the new migration would have it run again where it is loaded. */
function dumpAfter(path: string, texts: Map<string, string>, versions: readonly string[]): GeneratedFile | null {
  const before = texts.get(path);
  if (before === undefined || versions.length === 0) return null;
  const text = versions.reduce((known, version) => dumpWithVersion(path, known, version), before);
  texts.set(path, text);
  return { path, content: text, replaces: path };
}
