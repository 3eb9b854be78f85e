import type { Column, ForeignKey, Index } from '../../schema/operation.ts';
import type { Table } from '../../schema/schema.ts';
import type { Change } from '../mysql/draft.ts';

/** What a table was, what it is after it was built anew, and which old column fills which new one. */
export interface Rebuild {
  readonly table: string;
  /** Null: nobody knows what it was. */
  readonly before: Table | null;
  readonly after: Table;
  readonly filled: ReadonlyMap<string, string | null>;
}

/** The changes that lead from the table as it was to the table as it was built anew. */
export function changesOf(rebuild: Rebuild): readonly Change[] {
  const { table, before, after } = rebuild;
  const changes = [...after.columns.values()].flatMap((column) => columnChanges(rebuild, column));
  if (!before || before.open) {
    const reason = 'the table is built anew, and what it was before is not known';
    return [...changes, { kind: 'opaque', table, reason, hidesSchemaChange: true }];
  }
  const sources = new Set([...after.columns.keys()].map((name) => sourceOf(rebuild, name)));
  const dropped = [...before.columns.keys()].filter((name) => !sources.has(name));
  return [
    ...dropped.map((column): Change => ({ kind: 'drop-column', table, column })),
    ...changes,
    ...keyChanges(table, before, after),
  ];
}

/** The old column that a new one goes on from; null where it is new. */
function sourceOf({ before, filled }: Rebuild, name: string): string | null {
  const source = filled.get(name) ?? null;
  if (source !== null && (before === null || before.columns.has(source))) return source;
  return before?.columns.has(name) ? name : null;
}

function columnChanges(rebuild: Rebuild, column: Column): readonly Change[] {
  const { table, before } = rebuild;
  const source = sourceOf(rebuild, column.name);
  if (source === null) return [{ kind: 'add-column', table, column }];
  const renamed: Change[] =
    source === column.name ? [] : [{ kind: 'rename-column', table, column: source, to: column.name }];
  const old = before?.columns.get(source);
  return old ? [...renamed, ...definitionChanges(table, old, column)] : renamed;
}

function definitionChanges(
  table: string,
  old: Column,
  { name: column, type, nullable, default: value }: Column,
): Change[] {
  const changes: Change[] = [];
  if (type && JSON.stringify(type) !== JSON.stringify(old.type))
    changes.push({ kind: 'change-type', table, column, type });
  if (nullable !== old.nullable) changes.push({ kind: nullable ? 'drop-not-null' : 'set-not-null', table, column });
  if (value !== old.default) {
    changes.push(
      value === null ? { kind: 'drop-default', table, column } : { kind: 'set-default', table, column, default: value },
    );
  }
  return changes;
}

function keyChanges(table: string, before: Table, after: Table): readonly Change[] {
  const keyOf = ({ columns, toTable, toColumns, onDelete, onUpdate }: ForeignKey) =>
    JSON.stringify([columns, toTable, toColumns, onDelete, onUpdate]);
  const uniqueOf = ({ columns }: Index) => JSON.stringify(columns);
  const uniques = ({ indexes }: Table) => indexes.filter(({ name, unique }) => unique && name === null);
  return [
    ...missing(before.foreignKeys, after.foreignKeys, keyOf).map(
      ({ name, columns, toTable }): Change => ({ kind: 'drop-foreign-key', table, name, columns, toTable }),
    ),
    ...missing(after.foreignKeys, before.foreignKeys, keyOf).map(
      (foreignKey): Change => ({ kind: 'add-foreign-key', table, foreignKey, validate: true, checksOff: false }),
    ),
    ...missing(uniques(before), uniques(after), uniqueOf).map(
      ({ name, columns }): Change => ({ kind: 'drop-unique', table, name, columns }),
    ),
    ...missing(uniques(after), uniques(before), uniqueOf).map(
      ({ name, columns }): Change => ({ kind: 'add-unique', table, name, columns, usingIndex: null }),
    ),
    ...missing(before.checks, after.checks, ({ expression }) => expression).map(
      ({ name, expression }): Change => ({ kind: 'drop-check', table, name, expression }),
    ),
    ...missing(after.checks, before.checks, ({ expression }) => expression).map(
      (check): Change => ({ kind: 'add-check', table, check, validate: true }),
    ),
  ];
}

function missing<Item>(from: readonly Item[], others: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const keys = new Set(others.map(keyOf));
  return from.filter((item) => !keys.has(keyOf(item)));
}
