import { defaultOf, typeOf } from '../column.ts';
import { nameAt, namesAt, stepOf, textOption } from '../command.ts';
import { textOf } from '../known.ts';
import { combinedStatement, type Machine, record, recordOpaque } from '../machine.ts';
import type { Call, Value } from '../value.ts';

/** A type that is not known is no reason to lose the column. */
export function typeName(value: Value | undefined): string {
  return (value && textOf(value)) || 'unknown';
}

export function changeColumn(call: Call, machine: Machine): void {
  const statement = combinedStatement(machine);
  for (const column of namesAt(call, 1)) {
    const type = typeOf(typeName(call.positional[2]), call.options, machine.script.apiVersion);
    record(machine, { kind: 'change-type', table: nameAt(call, 0), column, type }, { ...stepOf(call), statement });
  }
  const nullable = call.options.get('null');
  if (nullable) changeNull(machine, call, { value: nullable, statement });
  const value = call.options.get('default');
  if (value) changeDefault(machine, call, { value, statement });
  if (textOption(call, 'comment') !== null) {
    record(
      machine,
      { kind: 'set-comment', table: nameAt(call, 0), column: nameAt(call, 1) },
      { ...stepOf(call), statement },
    );
  }
}

interface Change {
  readonly value: Value;
  readonly statement: number;
}

/** `default: { from: …, to: … }` is what a reversible change says. */
export function changeDefault(machine: Machine, call: Call, { value, statement }: Change): void {
  const target = { table: nameAt(call, 0), column: nameAt(call, 1) };
  const step = { ...stepOf(call), statement };
  const written = defaultOf(reversibleTarget(value) ?? value, machine);
  if (written === null) record(machine, { kind: 'drop-default', ...target }, step);
  else record(machine, { kind: 'set-default', ...target, default: written }, step);
}

function reversibleTarget(value: Value): Value | null {
  if (value.kind !== 'hash') return null;
  const keys = value.entries.map(([key]) => textOf(key));
  if (!keys.includes('from') || !keys.includes('to')) return null;
  return value.entries.find(([key]) => textOf(key) === 'to')?.[1] ?? null;
}

export function changeNull(machine: Machine, call: Call, { value, statement }: Change): void {
  const target = { table: nameAt(call, 0), column: nameAt(call, 1) };
  const step = { ...stepOf(call), statement };
  if (value.kind !== 'boolean' && value.kind !== 'nil') {
    const reason = `whether ${target.column} may be null is computed`;
    recordOpaque(machine, { table: target.table, reason, hidesSchemaChange: true }, step);
  } else if (value.kind === 'boolean' && value.value) record(machine, { kind: 'drop-not-null', ...target }, step);
  else record(machine, { kind: 'set-not-null', ...target }, step);
}
