import type { Operation } from './operation.ts';
import type { Table } from './schema.ts';

/**
 * In which tables things stand that another statement means without its table. A table of the answer may have lost the
 * thing since, never the other way round. Built when it is first asked for, so a run that never asks pays nothing.
 */
export interface Places {
  /** The table that an index was last seen on: `DROP INDEX` of PostgreSQL tells none. */
  readonly ofIndex: (tables: ReadonlyMap<string, Table>, index: string) => string | null;
  /** The tables with a foreign key to one. */
  readonly ofKeysTo: (tables: ReadonlyMap<string, Table>, table: string) => ReadonlySet<string>;
  readonly noteTable: (table: Table) => void;
  /** What an operation on a table brings to it. */
  readonly note: (table: string, operation: Operation) => void;
}

interface Noted {
  readonly indexes: Map<string, string>;
  readonly keys: Map<string, Set<string>>;
}

export function newPlaces(): Places {
  let noted: Noted | null = null;
  const built = (tables: ReadonlyMap<string, Table>): Noted => {
    noted ??= notedIn(tables.values());
    return noted;
  };
  return {
    ofIndex: (tables, index) => built(tables).indexes.get(index) ?? null,
    ofKeysTo: (tables, table) => built(tables).keys.get(table) ?? new Set(),
    noteTable: (table) => {
      if (noted) noteTable(noted, table);
    },
    note: (table, operation) => {
      if (noted) noteOperation(noted, table, operation);
    },
  };
}

function notedIn(tables: Iterable<Table>): Noted {
  const noted: Noted = { indexes: new Map(), keys: new Map() };
  for (const table of tables) noteTable(noted, table);
  return noted;
}

function noteTable(noted: Noted, { name, indexes, foreignKeys }: Table): void {
  for (const index of indexes) noteIndex(noted, name, index.name);
  for (const key of foreignKeys) noteKey(noted, name, key.toTable);
}

function noteOperation(noted: Noted, table: string, operation: Operation): void {
  switch (operation.kind) {
    case 'create-index':
      return noteIndex(noted, table, operation.index.name);
    case 'add-unique':
      return noteIndex(noted, table, operation.name);
    case 'rename-index':
    case 'rename-constraint':
      return noteIndex(noted, table, operation.to);
    case 'add-foreign-key':
      return noteKey(noted, table, operation.foreignKey.toTable);
    default:
      return;
  }
}

function noteIndex({ indexes }: Noted, table: string, name: string | null): void {
  if (name !== null) indexes.set(name, table);
}

function noteKey({ keys }: Noted, table: string, toTable: string): void {
  const tables = keys.get(toTable) ?? new Set();
  keys.set(toTable, tables.add(table));
}
