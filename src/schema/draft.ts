import { type DraftTable, draftTable } from './draft-table.ts';
import type { Operation } from './operation.ts';
import { newPlaces, type Places } from './places.ts';
import { emptyTable, type Schema, type Table } from './schema.ts';

/** A schema that is changed in place, of which a table is copied when it first changes. */
export interface Draft extends Schema {
  readonly tables: Map<string, Table>;
  /** Those of `tables` that were copied already. */
  readonly own: Map<string, DraftTable>;
  readonly absent: Set<string>;
  readonly enums: Map<string, readonly string[]>;
  readonly places: Places;
  /** The CREATE TABLE that found its table there, so that the rest of the same statement does not run either. */
  passedOver: Operation | null;
}

export function draftOf(schema: Schema): Draft {
  return {
    tables: new Map(schema.tables),
    own: new Map(),
    absent: new Set(schema.absent),
    enums: new Map(schema.enums),
    places: newPlaces(),
    passedOver: null,
  };
}

/** Brings a table, or puts another in the place of the one that has its name. */
export function put(draft: Draft, table: Table): void {
  draft.tables.set(table.name, table);
  draft.own.delete(table.name);
  draft.absent.delete(table.name);
  draft.places.noteTable(table);
}

export function remove(draft: Draft, name: string): void {
  draft.tables.delete(name);
  draft.own.delete(name);
  draft.absent.add(name);
}

/** The table for changes in place, copied once. Null: it is known to be gone. */
export function editable(draft: Draft, name: string): DraftTable | null {
  const own = draft.own.get(name);
  if (own) return own;
  const table = draft.tables.get(name) ?? unseenTable(draft, name);
  if (!table) return null;
  const copy = draftTable(table);
  draft.own.set(name, copy);
  draft.tables.set(name, copy);
  return copy;
}

/** A table that the dump did not show is taken to exist with columns that nobody knows. */
export function unseenTable(draft: Draft, name: string): Table | null {
  return draft.absent.has(name) ? null : { ...emptyTable(name), open: true };
}
