import type { Check, Column, ForeignKey, Index } from './operation.ts';
import type { Table } from './schema.ts';

/** A table of which nobody else holds a reference, so that a long run of operations needs no copy for each. */
export interface DraftTable extends Table {
  readonly columns: Map<string, Column>;
  primaryKey: readonly string[];
  indexes: Index[];
  foreignKeys: ForeignKey[];
  checks: Check[];
  open: boolean;
  readonly absent: Set<string>;
}

export function draftTable(table: Table): DraftTable {
  return {
    ...table,
    columns: new Map(table.columns),
    indexes: [...table.indexes],
    foreignKeys: [...table.foreignKeys],
    checks: [...table.checks],
    absent: new Set(table.absent),
  };
}

/** Null: the table has no such column. One of a table that nobody described is taken to be there. */
export function columnOf(table: Table, name: string): Column | null {
  const unseen = table.open && !table.absent.has(name);
  return table.columns.get(name) ?? (unseen ? unknownColumn(name) : null);
}

function unknownColumn(name: string): Column {
  return { name, type: null, nullable: true, default: null, generated: null };
}
