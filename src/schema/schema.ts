import type { Check, Column, ForeignKey, Index } from './operation.ts';

export interface Table {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly primaryKey: readonly string[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  /** True where the dump did not show the table: columns beside `columns` are taken to exist, except those in `absent`. */
  readonly open: boolean;
  readonly absent: ReadonlySet<string>;
}

/**
 * What the database looks like at one moment, as far as text can tell. Changed only by `apply`, which returns a new one.
 * A dump is never complete: a table that is in neither `tables` nor `absent` is taken to exist.
 */
export interface Schema {
  readonly tables: ReadonlyMap<string, Table>;
  readonly absent: ReadonlySet<string>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

export const emptySchema: Schema = { tables: new Map(), absent: new Set(), enums: new Map() };

export function emptyTable(name: string): Table {
  return {
    name,
    columns: new Map(),
    primaryKey: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    open: false,
    absent: new Set(),
  };
}

export function hasTable(schema: Schema, table: string): boolean {
  return schema.tables.has(table) || !schema.absent.has(table);
}

export function hasColumn(schema: Schema, table: string, column: string): boolean {
  const known = schema.tables.get(table);
  if (!known) return !schema.absent.has(table);
  return known.columns.has(column) || (known.open && !known.absent.has(column));
}
