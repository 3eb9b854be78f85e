import type { EditedMigration } from '../../deploy/deploy.ts';
import type { ChangedFile, Tree, Unread } from '../../reading.ts';
import { effectsOf } from '../../schema/effect.ts';
import type { Database, Migration } from '../../schema/migration.ts';
import type { Watch } from '../framework.ts';
import { migrationPlace } from './places.ts';
import { inTheirOrder, migrationsOf, type Read } from './runs.ts';
import { type Start, startOf } from './start.ts';

/** One app's share of the trees. */
export interface Sides {
  readonly running: Tree;
  readonly target: Tree;
  readonly after: Tree;
  readonly changed: readonly ChangedFile[];
  /** See `Reading.ran`. */
  readonly ran: readonly string[];
  readonly unread: readonly Unread[];
}

export interface Rollout extends Start {
  readonly pending: readonly Migration[];
  readonly migrations: readonly Migration[];
  readonly edited: readonly EditedMigration[];
}

/**
 * What the database looks like now, and which migrations run on it: those whose version is not at the target. What is
 * merged and not deployed runs first, as the pull request leaves it, or not at all where it deletes it; where the pull
 * request has it do something else it is the pull request's own.
 */
export function rolloutOf(sides: Sides, database: Database, watch: Watch): Rollout {
  const { running, target, after } = sides;
  const missing = new Map(sides.unread.map(({ path, reason }) => [path, reason]));
  const read: Read = { database, watch, hasPostMigrate: after.paths.some(isPostMigrate), missing };
  const deployed = byVersion(running.paths);
  const merged = byVersion(target.paths);
  const isPending = (key: string) => merged.has(key) && !deployed.has(key);
  const pending = migrationsOf(pathsWhere(after, isPending), after.files, read);
  const own = pathsWhere(after, (key) => !merged.has(key));
  const changed = changedPending(pending, { sides, merged, read });
  return {
    ...startOf(running, sides.ran, read),
    pending: pending.filter(({ path }) => !changed.has(path)),
    migrations: migrationsOf([...own, ...changed], after.files, read),
    edited: editedOf(sides, deployed, read),
  };
}

/** Each database numbers its migrations apart, and so does `db/data`. */
function versionKey(path: string): string | null {
  const place = migrationPlace(path);
  return place && `${place.kind} ${place.databaseName ?? ''} ${place.version}`;
}

/** Paths of migrations by what tells one from another. */
function byVersion(paths: readonly string[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const path of paths) {
    const key = versionKey(path);
    if (key !== null) known.set(key, path);
  }
  return known;
}

function pathsWhere({ paths }: Tree, holds: (key: string) => boolean): readonly string[] {
  return paths.filter((path) => {
    const key = versionKey(path);
    return key !== null && holds(key);
  });
}

function isPostMigrate(path: string): boolean {
  return migrationPlace(path)?.when === 'after-code';
}

interface Merged {
  readonly sides: Sides;
  /** The target's migrations by their key. */
  readonly merged: ReadonlyMap<string, string>;
  readonly read: Read;
}

/**
 * Paths of pending migrations that the pull request has do something else. One that a later pending one builds on keeps
 * its place among them.
 */
function changedPending(pending: readonly Migration[], { sides, merged, read }: Merged): ReadonlySet<string> {
  const touched = new Set(sides.changed.map((file) => file.path));
  const keys = pending.flatMap(({ path }) => (touched.has(path) ? (versionKey(path) ?? []) : []));
  const merges = inTheirOrder(
    keys.flatMap((key) => merged.get(key) ?? []),
    sides.target.files,
    read,
  );
  const before = new Map(merges.map(({ path, operations }) => [versionKey(path), effectsOf(operations)]));
  const changed = new Set<string>();
  const later = new Set<string | null>();
  for (const { path, operations } of pending.toReversed()) {
    const tables = operations.map(({ table }) => table);
    const was = before.get(versionKey(path)) ?? null;
    const isBuiltOn = tables.some((table) => later.has(table) || later.has(null) || (table === null && later.size > 0));
    if (was !== null && was !== effectsOf(operations) && !isBuiltOn) changed.add(path);
    else for (const table of tables) later.add(table);
  }
  return changed;
}

/** Migrations that ran and that the pull request gives another text or deletes. */
function editedOf(sides: Sides, deployed: ReadonlyMap<string, string>, read: Read): readonly EditedMigration[] {
  const { target, after } = sides;
  const touched = new Set(sides.changed.flatMap((file) => [file.path, file.previousPath]));
  const left = byVersion(after.paths);
  const ran = target.paths.filter((path) => touched.has(path) && deployed.has(versionKey(path) ?? ''));
  const kept = ran.flatMap((path) => left.get(versionKey(path) ?? '') ?? []);
  const now = new Map(inTheirOrder(kept, after.files, read).map((each) => [versionKey(each.path), each]));
  return inTheirOrder(ran, target.files, read).map((before) => ({
    before,
    after: now.get(versionKey(before.path)) ?? null,
  }));
}
