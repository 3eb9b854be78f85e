import { applyAll } from '../../schema/apply.ts';
import type { Operation } from '../../schema/operation.ts';
import { emptySchema, type Schema, type Table } from '../../schema/schema.ts';

/** What is known of the tables so far. Worked out for a table only when somebody asks, so that long texts stay cheap. */
export interface History {
  readonly note: (operations: readonly Operation[]) => void;
  readonly table: (name: string) => Table | null;
  readonly tableOfIndex: (name: string) => string | null;
}

interface Known {
  readonly base: Table | null;
  readonly since: Operation[];
}

export function historyOf(schema: Schema): History {
  const known = new Map<string, Known>();
  for (const [name, base] of schema.tables) known.set(name, { base, since: [] });
  const indexes = new Map<string, string>();
  for (const { name: table, indexes: all } of schema.tables.values()) {
    for (const { name } of all) if (name !== null) indexes.set(name, table);
  }
  const table = (name: string): Table | null => {
    const entry = known.get(name);
    if (!entry) return null;
    const tables = new Map(entry.base ? [[name, entry.base]] : []);
    const now = applyAll({ ...emptySchema, tables }, entry.since).tables.get(name) ?? null;
    known.set(name, { base: now, since: [] });
    return now;
  };
  const note = (operation: Operation): void => {
    if (operation.table === null) return;
    if (operation.kind === 'drop-table') known.delete(operation.table);
    else if (operation.kind === 'rename-table') {
      const base = table(operation.table);
      known.delete(operation.table);
      known.set(operation.to, { base: base && { ...base, name: operation.to }, since: [] });
    } else {
      const entry = known.get(operation.table) ?? { base: null, since: [] };
      entry.since.push(operation);
      known.set(operation.table, entry);
    }
    if (operation.kind === 'create-index' && operation.index.name !== null) {
      indexes.set(operation.index.name, operation.table);
    }
  };
  return {
    table,
    note: (operations) => operations.forEach(note),
    tableOfIndex: (name) => indexes.get(name) ?? null,
  };
}
