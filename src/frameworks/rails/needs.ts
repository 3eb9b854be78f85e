import { changedLines } from '../../changes.ts';
import type { NewReference, Reference } from '../../deploy/deploy.ts';
import type { Tree, Unread } from '../../reading.ts';
import type { Operation } from '../../schema/operation.ts';
import type { Watch } from '../framework.ts';
import { activeRecordDefaults } from './defaults.ts';
import type { Rollout, Sides } from './deploying.ts';
import { unreachedFiles } from './freshness.ts';
import { type KnownColumns, knownColumns } from './known-columns.ts';
import { inflectionsIn } from './models/inflections.ts';
import type { Models } from './models/model.ts';
import { readModels } from './models/models.ts';
import { newlyReached } from './newly-reached.ts';
import { readReferences } from './references/references.ts';
import { constantsAt } from './references/shadows.ts';
import { reshapes } from './reshaping.ts';
import { gainedBy, lostBy } from './stake.ts';
import { isCode } from './wants.ts';

export interface Needs {
  readonly before: readonly Reference[];
  readonly after: readonly NewReference[];
  readonly unread: readonly Unread[];
}

/**
 * What old and new code need of the names that matter: of old code what the migrations take away (also merged ones: it
 * may have to come back after them), of new code what the pull request's own take away and all that its own lines name or
 * newly reach.
 */
export function needsOf(sides: Sides, rollout: Rollout, watch: Watch): Needs {
  const operations = operationsOf(rollout.migrations);
  const [lost, gained] = [lostBy(operations), gainedBy(operations)];
  const lostToOld = lostBy([...operationsOf(rollout.pending), ...operations]);
  const reshaped = !gained.isEmpty && reshapes(sides.changed);
  const columns = knownColumns(sides, rollout, watch);
  const atStart = (table: string) => rollout.schema.tables.get(table)?.columns.keys() ?? null;
  const lines = new Map(
    sides.changed.filter((file) => isCode(file.path)).map((file) => [file.path, changedLines(file)]),
  );
  const unreached = unreachedFiles(sides.changed, sides.target.paths);
  const isChanged = (path: string, line: number) => lines.get(path)?.has(line) ?? false;

  const old = lostToOld.isEmpty ? nothing : read(sides.running, { columns, atStart, watch, wants: lostToOld.has });
  const now = read(sides.after, {
    columns,
    atStart,
    watch,
    only: lost.isEmpty && !reshaped ? new Set(lines.keys()) : null,
    wants: (table, column, path, line) =>
      isChanged(path, line) || lost.has(table, column) || (reshaped && gained.has(table, column)),
  });
  const isReached = reshaped
    ? newlyReached(read(sides.target, { columns, atStart, watch, wants: gained.has }))
    : () => false;

  const isClaimed = (table: string, column: string | null) =>
    column !== null && lost.hasColumn(table, column) && mayDefine(now, table, column) && !mayDefine(old, table, column);

  const own = now.references.flatMap((reference): readonly NewReference[] => {
    const { table, column, at } = reference;
    const reached = isChanged(at.path, at.line) || (gained.has(table, column) && isReached(reference));
    if (!reached && !lost.has(table, column)) return [];
    const certainty = isClaimed(table, column) ? 'possible' : reference.certainty;
    return [{ ...reference, certainty, changed: reached, fresh: unreached.has(at.path) }];
  });
  // A process that starts before the migration names what it read then; one that starts after it has no such column.
  const cached = now.implied
    .filter(({ table, column }) => column !== null && lost.hasColumn(table, column))
    .map((reference) => ({
      ...reference,
      changed: isChanged(reference.at.path, reference.at.line),
      fresh: unreached.has(reference.at.path),
      untilRestart: true,
    }));
  return {
    before: [...old.references, ...old.implied.map((reference) => ({ ...reference, untilRestart: true }))],
    after: [...own, ...cached],
    unread: [...old.unread, ...now.unread],
  };
}

function operationsOf(migrations: Rollout['migrations']): readonly Operation[] {
  return migrations.flatMap((migration) => migration.operations);
}

/**
 * Whether a model has a macro that may define a method of the column's name. Where the pull request brings the macro and
 * takes the column away (`translates :title`, `attribute :title`), the macro most likely takes its place.
 */
function mayDefine({ models }: Found, table: string, column: string): boolean {
  return (
    models?.byTable.get(table)?.some(({ claimed, declared }) => claimed.has(column) || declared.has(column)) ?? false
  );
}

interface Ask {
  readonly columns: KnownColumns;
  readonly atStart: (table: string) => Iterable<string> | null;
  readonly wants: (table: string, column: string | null, path: string, line: number) => boolean;
  readonly watch: Watch;
  /** Only these files can hold what is wanted; null: all can. */
  readonly only?: ReadonlySet<string> | null;
}

/** What one side's code needs, and its models. A model may stand in any file: what is read holds all that matter. */
export interface Found {
  readonly models: Models | null;
  readonly references: readonly Reference[];
  readonly implied: readonly Reference[];
  readonly unread: readonly Unread[];
}

const nothing: Found = { models: null, references: [], implied: [], unread: [] };

function read({ paths, files }: Tree, { columns, atStart, wants, watch, only }: Ask): Found {
  const code = files.filter(({ path }) => isCode(path));
  const ruby = code.filter(({ path }) => path.endsWith('.rb'));
  const models = readModels(ruby, {
    inflector: inflectionsIn(files),
    watch,
    isTable: (table) => columns(table) !== null,
  });
  const found = readReferences(only ? code.filter(({ path }) => only.has(path)) : code, {
    models,
    columnsOf: columns,
    columnsAtStart: atStart,
    constants: constantsAt(paths),
    wants,
    defaults: activeRecordDefaults(files),
    watch,
  });
  return { ...found, models };
}
