import { changedLines } from '../../changes.ts';
import type { NewReference, Reference } from '../../deploy/deploy.ts';
import type { Tree, Unread } from '../../reading.ts';
import { apply } from '../../schema/apply.ts';
import type { Operation } from '../../schema/operation.ts';
import { emptySchema, type Schema } from '../../schema/schema.ts';
import type { Watch } from '../framework.ts';
import { activeRecordDefaults } from './defaults.ts';
import type { Rollout, Sides } from './deploying.ts';
import { unreachedFiles } from './freshness.ts';
import { inflector } from './models/inflections.ts';
import { readModels } from './models/models.ts';
import { readReferences } from './references/references.ts';
import { constantsAt } from './references/shadows.ts';
import { isCode, isDefinition } from './wants.ts';

export interface Needs {
  readonly before: readonly Reference[];
  readonly after: readonly NewReference[];
  readonly unread: readonly Unread[];
}

/**
 * What old and new code need of the names that matter: of old code what the migrations take away (also merged ones: it
 * may have to come back after them), of new code what the pull request's own take away and all that its own lines name.
 */
export function needsOf(sides: Sides, rollout: Rollout, watch: Watch): Needs {
  const lost = lostNames(operationsOf(rollout.migrations));
  const lostToOld = lostNames(operationsOf([...rollout.pending, ...rollout.migrations]));
  const columns = knownColumns(rollout);
  const atStart = (table: string) => rollout.schema.tables.get(table)?.columns.keys() ?? null;
  const lines = new Map(
    sides.changed.filter((file) => isCode(file.path)).map((file) => [file.path, changedLines(file)]),
  );
  const unreached = unreachedFiles(sides.changed, sides.target.paths);
  const isChanged = (path: string, line: number) => lines.get(path)?.has(line) ?? false;

  const old = lostToOld.isEmpty
    ? { references: [], implied: [], unread: [] }
    : read(sides.running, { columns, atStart, watch, wants: (table, column) => lostToOld.has(table, column) });
  const now = read(sides.after, {
    columns,
    atStart,
    watch,
    only: lost.isEmpty ? new Set(lines.keys()) : null,
    wants: (table, column, path, line) => isChanged(path, line) || lost.has(table, column),
  });
  return {
    before: [...old.references, ...old.implied.map((reference) => ({ ...reference, untilRestart: true }))],
    // New processes read the columns anew when they start, so what Active Record names by itself is there.
    after: now.references.map((reference) => ({
      ...reference,
      changed: isChanged(reference.at.path, reference.at.line),
      fresh: unreached.has(reference.at.path),
    })),
    unread: [...old.unread, ...now.unread],
  };
}

function operationsOf(migrations: Rollout['migrations']): readonly Operation[] {
  return migrations.flatMap((migration) => migration.operations);
}

interface Ask {
  readonly columns: (table: string) => ReadonlySet<string> | null;
  readonly atStart: (table: string) => Iterable<string> | null;
  readonly wants: (table: string, column: string | null, path: string, line: number) => boolean;
  readonly watch: Watch;
  /** Only these files can hold what is wanted; null: all can. */
  readonly only?: ReadonlySet<string> | null;
}

function read({ paths, files }: Tree, { columns, atStart, wants, watch, only }: Ask) {
  const inflections = files.find(({ path }) => /(?:^|\/)config\/initializers\/inflections\.rb$/.test(path)) ?? null;
  const code = files.filter(({ path }) => isCode(path));
  const models = readModels(
    code.filter(({ path }) => isDefinition(path) || (only?.has(path) ?? false)),
    { inflector: inflector(inflections), watch },
  );
  return readReferences(only ? code.filter(({ path }) => only.has(path)) : code, {
    models,
    columnsOf: columns,
    columnsAtStart: atStart,
    constants: constantsAt(paths),
    wants,
    defaults: activeRecordDefaults(files),
    watch,
  });
}

/** Names that operations take away from code: dropped and renamed tables and columns. */
function lostNames(operations: readonly Operation[]) {
  const columns = new Set<string>();
  const tables = new Set<string>();
  for (const operation of operations) {
    if (operation.kind === 'drop-column' || operation.kind === 'rename-column') {
      columns.add(JSON.stringify([operation.table, operation.column]));
    }
    if (operation.kind === 'drop-table' || operation.kind === 'rename-table' || operation.kind === 'drop-view') {
      tables.add(operation.table);
    }
  }
  return {
    isEmpty: columns.size === 0 && tables.size === 0,
    has: (table: string, column: string | null) => tables.has(table) || columns.has(JSON.stringify([table, column])),
  };
}

/** The columns that a table has at any moment of the rollout; null for a table that nobody has described. */
function knownColumns({ schema, pending, migrations }: Rollout): Ask['columns'] {
  const columns = new Map<string, Set<string>>();
  const note = (state: Schema) => {
    for (const table of state.tables.values()) {
      const known = columns.get(table.name) ?? new Set();
      for (const column of table.columns.keys()) known.add(column);
      columns.set(table.name, known);
    }
  };
  note(schema);
  for (const operation of [...pending, ...migrations].flatMap((migration) => migration.operations)) {
    const table = operation.table === null ? undefined : schema.tables.get(operation.table);
    const alone: Schema = { ...emptySchema, tables: new Map(table ? [[table.name, table]] : []) };
    note(apply(alone, operation));
    if (operation.kind === 'rename-table') {
      for (const column of table?.columns.keys() ?? []) columns.get(operation.to)?.add(column);
    }
  }
  return (table) => columns.get(table) ?? null;
}
