import type { Migration } from '../schema/migration.ts';
import { type Touch, touches } from './touches.ts';
import type { Turn } from './turns.ts';

/** Before the code, with it, after it. */
export type Part = 'expand' | 'switch' | 'contract';

const rank: Record<Part, number> = { expand: 0, switch: 1, contract: 2 };

/** One app's migrations, in the order in which they run. */
export type Run = readonly Migration[];

/**
 * Which part of the split each migration goes to, file by file, by its path. What breaks new code goes before it, what
 * breaks old code after it, what breaks both and what changes rows with it. Operations that touch the same thing keep
 * their order.
 */
export function partition(runs: readonly Run[], turns: ReadonlyMap<string, Turn>): ReadonlyMap<string, Part> {
  const migrations = runs.flat();
  const expands = migrations.some((migration) => wishOf(migration, turns) === 'expand');
  const free = expands ? 'expand' : 'switch';
  return new Map(runs.flatMap((run) => [...partitionRun(run, (each) => wishOf(each, turns) ?? free, turns)]));
}

/** Null: no code minds. */
function wishOf(migration: Migration, turns: ReadonlyMap<string, Turn>): Part | null {
  if (migration.kind === 'data') return 'switch';
  const turn = turns.get(migration.path);
  if (!turn) return null;
  if (turn.brings && turn.takes) return 'switch';
  return turn.brings ? 'expand' : 'contract';
}

type Parts = ReadonlyMap<string, Part>;

/**
 * Where the wishes of two migrations clash over a table, all that touch it stay with the code, in their order. Null among
 * the tables stands for all of them: what cannot be read touches anything.
 */
function partitionRun(run: Run, wish: (migration: Migration) => Part, turns: ReadonlyMap<string, Turn>): Parts {
  const together = new Set<string | null>();
  for (;;) {
    const { parts, clashes } = attempt(run, { wish, free: (each) => !turns.has(each.path), together });
    const news = clashes.filter((table) => !together.has(table));
    if (news.length === 0) return parts;
    for (const table of news) together.add(table);
  }
}

interface Wishes {
  readonly wish: (migration: Migration) => Part;
  /** Whether a migration may run later than it wishes: no code waits for it. */
  readonly free: (migration: Migration) => boolean;
  readonly together: ReadonlySet<string | null>;
}

function attempt(run: Run, { wish, free, together }: Wishes): { parts: Parts; clashes: readonly (string | null)[] } {
  const parts = new Map<string, Part>();
  const clashes: (string | null)[] = [];
  const seen = history();
  for (const migration of run) {
    const touched = migration.operations.flatMap(touches);
    const stays = together.has(null) || touched.some(({ table }) => together.has(table));
    const wished = stays ? 'switch' : wish(migration);
    const late = touched.filter((touch) => rank[seen.latest(touch)] > rank[wished]);
    const part = late.map(seen.latest).reduce(later, wished);
    if (migration.kind === 'schema') {
      if (late.length > 0 && (stays || !free(migration))) clashes.push(...late.map(seen.cause));
      for (const touch of touched) seen.add(touch, part);
    }
    parts.set(migration.path, migration.kind === 'schema' ? part : wished);
  }
  return { parts, clashes };
}

function later(left: Part, right: Part): Part {
  return rank[left] >= rank[right] ? left : right;
}

/** The latest part among earlier migrations that touch the same thing, without comparing each with each. */
function history() {
  const parts = new Map<string, Part>();
  const key = (...names: (string | null)[]) => JSON.stringify(names);
  const of = (...names: (string | null)[]): Part => parts.get(key(...names)) ?? 'expand';
  const put = (name: string, part: Part) => parts.set(name, later(part, parts.get(name) ?? 'expand'));
  return {
    /** What made it late: the table, or an operation that touches anything. */
    cause: ({ table }: Touch): string | null => (of('all') === 'expand' ? table : null),
    latest: ({ table, column }: Touch): Part => {
      if (table === null) return of('any');
      const whole = later(of('all'), of('whole', table));
      return column === null ? later(whole, of('of', table)) : later(whole, of('column', table, column));
    },
    add: ({ table, column }: Touch, part: Part): void => {
      put(key('any'), part);
      if (table === null) put(key('all'), part);
      else if (column === null) put(key('whole', table), part);
      else put(key('column', table, column), part);
      if (table !== null) put(key('of', table), part);
    },
  };
}
