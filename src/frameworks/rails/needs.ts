import type { NewReference, Reference } from '../../deploy/deploy.ts';
import type { Unread } from '../../reading.ts';
import type { Watch } from '../framework.ts';
import { type CodeNeeds, codeNeeds, type KnownTables, mayDefine, noNeeds, type Question } from './code-needs.ts';
import type { Rollout, Sides } from './deploying.ts';
import { knownColumns } from './known-columns.ts';
import { newlyReached } from './newly-reached.ts';
import { type Part, partOf } from './part.ts';
import { reshapes } from './reshaping.ts';
import { gainedBy, lostBy, type Stake } from './stake.ts';

export interface Needs {
  readonly before: readonly Reference[];
  readonly after: readonly NewReference[];
  readonly unread: readonly Unread[];
  /** What the pull request brings among it. */
  readonly unreadChanges: readonly Unread[];
}

/**
 * What old and new code need of the names that matter: of old code what the migrations take away (also merged ones: it
 * may have to come back after them), of new code what the pull request's own take away and all that its own lines name or
 * newly reach.
 */
export function needsOf(sides: Sides, rollout: Rollout, watch: Watch): Needs {
  const stakes = stakesOf(sides, rollout);
  const part = partOf(sides);
  const atStart = (table: string) => rollout.schema.tables.get(table)?.columns.keys() ?? null;
  const known: KnownTables = { columns: knownColumns(sides, rollout, watch), atStart, watch };

  const { lostToOld, reshaped, gained } = stakes;
  const old = lostToOld.isEmpty ? noNeeds : codeNeeds(sides.running, known, { wants: lostToOld.has });
  const now = codeNeeds(sides.after, known, askedOfNewCode(stakes, part));
  const before = reshaped ? codeNeeds(sides.target, known, { wants: gained.has }) : null;
  return {
    before: [...old.references, ...old.implied.map(untilRestart)],
    after: [...ownNeeds({ stakes, part, old, now, before }), ...cachedNeeds(now, stakes, part)],
    unread: [...old.unread, ...now.unread],
    unreadChanges: now.unread.filter(({ path }) => part.paths.has(path)),
  };
}

/** What the migrations take away and bring. */
interface Stakes {
  readonly lost: Stake;
  readonly gained: Stake;
  /** What pending migrations take away is lost to old code too. */
  readonly lostToOld: Stake;
  /** The pull request brings names and changes what lines that it leaves alone reach. */
  readonly reshaped: boolean;
}

function stakesOf(sides: Sides, { pending, migrations }: Rollout): Stakes {
  const operations = migrations.flatMap((migration) => migration.operations);
  const gained = gainedBy(operations);
  return {
    lost: lostBy(operations),
    gained,
    lostToOld: lostBy([...pending.flatMap((migration) => migration.operations), ...operations]),
    reshaped: !gained.isEmpty && reshapes(sides.changed),
  };
}

function askedOfNewCode({ lost, gained, reshaped }: Stakes, { changes, paths }: Part): Question {
  return {
    only: lost.isEmpty && !reshaped ? paths : undefined,
    wants: (table, column, path, line) =>
      changes(path, line) || lost.has(table, column) || (reshaped && gained.has(table, column)),
  };
}

interface Compared {
  readonly stakes: Stakes;
  readonly part: Part;
  readonly old: CodeNeeds;
  readonly now: CodeNeeds;
  /** What the target's code needed of what comes; null where the pull request reaches nothing newly. */
  readonly before: CodeNeeds | null;
}

/** What new code needs and the pull request has a part in. */
function ownNeeds({ stakes: { lost, gained }, part, old, now, before }: Compared): readonly NewReference[] {
  const isReached = before ? newlyReached(before) : () => false;
  return now.references.flatMap((reference): readonly NewReference[] => {
    const { table, column, at } = reference;
    const { changed, fresh } = part.in(at);
    const reached = changed || (gained.has(table, column) && isReached(reference));
    if (!reached && !lost.has(table, column)) return [];
    const isLost = column !== null && lost.hasColumn(table, column);
    // A macro that comes as the column goes (`translates :title`, `attribute :title`) most likely takes its place.
    const isClaimed = isLost && mayDefine(now, table, column) && !mayDefine(old, table, column);
    return [{ ...reference, certainty: isClaimed ? 'possible' : reference.certainty, changed: reached, fresh }];
  });
}

/** A process that starts before the migration names what it read then; one that starts after it has no such column. */
function cachedNeeds({ implied }: CodeNeeds, { lost }: Stakes, part: Part): readonly NewReference[] {
  return implied
    .filter(({ table, column }) => column !== null && lost.hasColumn(table, column))
    .map((reference) => ({ ...untilRestart(reference), ...part.in(reference.at) }));
}

function untilRestart(reference: Reference) {
  return { ...reference, untilRestart: true } as const;
}
