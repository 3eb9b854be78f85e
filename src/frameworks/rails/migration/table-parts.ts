import type { Column } from '../../../schema/operation.ts';
import type { Options } from './column.ts';
import { stepOf } from './command.ts';
import { checkEffect, exclusionEffect, uniqueEffect } from './commands/constraints.ts';
import { foreignKeyEffect } from './commands/foreign-keys.ts';
import { indexEffect } from './commands/indexes.ts';
import { nameOf, namesOf } from './known.ts';
import type { Effect, Machine, Step } from './machine.ts';
import type { Call } from './value.ts';

/** A table while its `create_table` block is read. */
export interface NewTable {
  readonly name: string;
  readonly columns: Map<string, Column>;
  readonly primaryKey: string[];
  /** What follows the columns, in order. Only MySQL creates the indexes in the same statement. */
  readonly parts: { readonly effect: Effect; readonly step: Step }[];
}

export interface Place {
  readonly machine: Machine;
  readonly table: NewTable;
}

/** Kept among the parts, which follow the table: afterwards it may have columns that nobody knows of. */
export function opaque(call: Call, { machine, table }: Place, reason: string): void {
  const hidesSchemaChange = !machine.created.has(table.name);
  const effect = { kind: 'opaque', table: table.name, reason, hidesSchemaChange } as const;
  table.parts.push({ effect, step: stepOf(call) });
}

interface IndexParts {
  readonly columns: readonly string[] | null;
  readonly options: Options;
}

export function addIndex(call: Call, place: Place, { columns: names, options }: IndexParts): void {
  const columns = known(names, call, place);
  if (columns.length === 0) return;
  const effect = indexEffect(place.machine, { table: place.table.name, columns, options });
  place.table.parts.push({ effect, step: stepOf(call) });
}

type Build = (name: string, call: Call, place: Place) => Effect;

export const foreignKey: Build = (toTable, { options }, { machine, table }) =>
  foreignKeyEffect(machine, { table: table.name, toTable, options });

export const check: Build = (expression, { options }, { table }) =>
  checkEffect({ table: table.name, expression, options });

export const exclusion: Build = (expression, { options }, { table }) =>
  exclusionEffect({ table: table.name, expression, options });

export function part(call: Call, place: Place, build: Build): void {
  const name = nameOf(call.positional[0]);
  if (name === null) return opaque(call, place, `what t.${call.name} names is computed`);
  place.table.parts.push({ effect: build(name, call, place), step: stepOf(call) });
}

export function unique(call: Call, place: Place): void {
  const columns = namesOf(call.positional[0]) ?? [];
  if (columns.length === 0) return opaque(call, place, 'the columns of t.unique_constraint are computed');
  const effect = uniqueEffect({ table: place.table.name, columns, options: call.options });
  place.table.parts.push({ effect, step: stepOf(call) });
}

export function known(names: readonly string[] | null, call: Call, place: Place): readonly string[] {
  if (names !== null && names.length > 0) return names;
  opaque(call, place, `a column's name in t.${call.name} is computed`);
  return [];
}
