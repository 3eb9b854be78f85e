import picomatch from 'picomatch';

import { overlay } from '../../overlay.ts';
import type { Reading, SourceFile, Tree, Unread } from '../../reading.ts';
import type { AppReading, Framework, Watch } from '../framework.ts';
import { appRoots, rootOf } from './apps.ts';
import { databaseOf } from './database.ts';
import { rolloutOf, type Sides } from './deploying.ts';
import { furtherNames, interest, matters } from './interest.ts';
import { needsOf } from './needs.ts';
import { dumpPlace, migrationPlace } from './places.ts';
import { installedHelpers } from './project.ts';
import { isCode, wants } from './wants.ts';

/** Ruby on Rails: Active Record migrations and the code that uses Active Record models. */
export const rails = { name: 'rails', wants, interest, furtherNames, read } as const satisfies Framework;

function read(reading: Reading, watch: Watch): readonly AppReading[] {
  const afterTree = overlay(reading.targetTree, reading.changed);
  const roots = appRoots([...new Set([...reading.targetTree.paths, ...afterTree.paths])], reading.settings);
  const touched = new Set(
    reading.changed.flatMap((file) =>
      [file.path, file.previousPath].filter(matters).map((path) => rootOf(path, roots)),
    ),
  );
  return roots.filter((root) => touched.has(root)).map((root) => readApp({ reading, afterTree, roots, root }, watch));
}

interface Place {
  readonly reading: Reading;
  readonly afterTree: Tree;
  readonly roots: readonly string[];
  readonly root: string;
}

function readApp({ reading, afterTree, roots, root }: Place, watch: Watch): AppReading {
  const ignored = ignoredBy(reading.settings.ignore.paths);
  const own = (path: string) => rootOf(path, roots) === root && !ignored(path);
  const sides = sidesOf(reading, afterTree, own);
  const around = afterTree.files.filter((file) => own(file.path) || isAbove(file.path, root));
  const migration = sides.changed.find((file) => file.head !== null && migrationPlace(file.path))?.path ?? null;
  const { unread: undecided, ...told } = databaseOf({ root, files: around, migration }, reading.settings);
  const rollout = rolloutOf(sides, told.database, watch);
  const needs = needsOf(sides, rollout, watch);
  return {
    app: { root, framework: 'rails', ...told },
    before: { schema: rollout.schema, references: needs.before },
    pending: rollout.pending,
    migrations: rollout.migrations,
    edited: rollout.edited,
    after: { references: needs.after },
    unread: [...undecided, ...rollout.unread, ...needs.unread],
    unreadChanges: [...missingChanges(sides), ...needs.unreadChanges],
    dumps: sides.changed.map((file) => file.path).filter((path) => dumpPlace(path)),
    dialect: {
      framework: 'rails',
      apiVersion: apiVersion(rollout.migrations, sides.after.files),
      helpers: installedHelpers(around),
    },
  };
}

function sidesOf(reading: Reading, afterTree: Tree, own: (path: string) => boolean): Sides {
  const share = (tree: Tree): Tree => ({
    paths: tree.paths.filter(own),
    files: tree.files.filter((file) => own(file.path)),
  });
  return {
    running: share(reading.runningTree),
    target: share(reading.targetTree),
    after: share(afterTree),
    changed: reading.changed.filter((file) => own(file.path)),
    ran: (reading.ran ?? []).filter(own),
    unread: reading.unread,
  };
}

/** Changed code whose text at the head did not come. */
function missingChanges({ changed, unread }: Sides): readonly Unread[] {
  const missing = new Set(
    changed
      .filter(({ path, status, head }) => status !== 'deleted' && head === null && isCode(path))
      .map(({ path }) => path),
  );
  return unread.filter(({ path }) => missing.has(path));
}

function ignoredBy(patterns: readonly string[]): (path: string) => boolean {
  return patterns.length === 0 ? () => false : picomatch([...patterns], { dot: true });
}

/** Whether a file lies beside or above the app's folder, where a monorepo keeps what its apps share. */
function isAbove(path: string, root: string): boolean {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  return folder === '' || root.startsWith(`${folder}/`);
}

/** `7.0` of `ActiveRecord::Migration[7.0]`, as the newest migration of the pull request writes it. */
function apiVersion(migrations: readonly { readonly path: string }[], files: readonly SourceFile[]): string | null {
  const newest = migrations.at(-1)?.path;
  const text = files.find((file) => file.path === newest)?.text ?? '';
  return /ActiveRecord::Migration\[(\d+\.\d+)\]/.exec(text)?.[1] ?? null;
}
