import { runWrapped } from './blocks.ts';
import { stepOf } from './command.ts';
import { givesDatabase, handsOver } from './elsewhere.ts';
import { harmless } from './harmless.ts';
import { nameOf } from './known.ts';
import { type Machine, recordOpaque } from './machine.ts';
import { type Call, unknown, type Value } from './value.ts';

/** After how many arguments a statement takes its options. */
const optionsAfter: ReadonlyMap<string, number> = new Map([
  ['create_table', 1],
  ['change_table', 1],
  ['add_index', 2],
  ['add_reference', 2],
  ['add_foreign_key', 2],
  ['add_column', 3],
  ['change_column', 3],
]);

/** `create_table :users, options_of_today`. */
export function lacksOptions({ name, positional }: Call): boolean {
  const value = positional[optionsAfter.get(name) ?? positional.length];
  return value !== undefined && value.kind !== 'hash' && value.kind !== 'nil';
}

const ddlVerb = /^(add|remove|drop|create|rename|change|alter|truncate|copy|swap|backfill|validate|update|replace)_/;

/** Never silence: what is neither read nor known to be harmless is opaque. */
export function otherCall(machine: Machine, call: Call): Value {
  if (givesDatabase(call) && !harmless.has(call.name) && !call.block) {
    handsOver(machine, call);
    return unknown;
  }
  if (harmless.has(call.name) || call.name.endsWith('?') || /^[A-Z]/.test(call.name)) {
    return call.block ? runWrapped(machine, call.block) : unknown;
  }
  const isDdl = /^(add|remove|drop|create|rename|change)_/.test(call.name);
  if (call.block?.kind === 'unknown') {
    recordOpaque(machine, { reason: `the block of ${call.name} is computed`, hidesSchemaChange: false }, stepOf(call));
    return unknown;
  }
  if (call.block && !isDdl) return runWrapped(machine, call.block, [unknown]);
  if (!isDdl && !call.statement && !ddlVerb.test(call.name)) return unknown;
  const named =
    call.positional.length > 0 &&
    call.positional.slice(0, 2).every((value) => value.kind === 'text' || value.kind === 'list');
  recordOpaque(
    machine,
    {
      table: named && isDdl ? nameOf(call.positional[0]) : null,
      reason: `${call.name} is no statement that is known here`,
      hidesSchemaChange: isDdl && !named,
    },
    stepOf(call),
  );
  return unknown;
}
