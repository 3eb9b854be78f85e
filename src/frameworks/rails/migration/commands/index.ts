import type { Command, Need } from '../command.ts';
import { command, stepOf } from '../command.ts';
import { nameOf, namesOf, optionsOf } from '../known.ts';
import { type Machine, recordOpaque } from '../machine.ts';
import type { Call, Value } from '../value.ts';
import { columnCommands } from './columns.ts';
import { constraintCommands } from './constraints.ts';
import { foreignKeyCommands } from './foreign-keys.ts';
import { indexCommands } from './indexes.ts';
import { objectCommands } from './objects.ts';
import { referenceCommands } from './references.ts';
import { changeTable, tableCommands } from './tables.ts';

/** Every schema statement of Active Record's migrations that is understood. */
const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...tableCommands,
    ...columnCommands,
    ...indexCommands,
    ...referenceCommands,
    ...foreignKeyCommands,
    ...constraintCommands,
    ...objectCommands,
    change_table: command(['table'], (call, machine) =>
      changeTable(call, machine, (inner) => runCommand(inner, machine)),
    ),
  }),
);

export function isCommand(name: string): boolean {
  return commands.has(name);
}

/** Runs a schema statement; one whose table or column is computed becomes an `opaque` operation. */
export function runCommand(given: Call, machine: Machine): void {
  const call = withOptions(given);
  const command = commands.get(call.name);
  if (!command) return;
  const missing = command.needs.findIndex((need, position) => !isKnown(need, call.positional[position]));
  const need = command.needs[missing];
  if (!need) return command.run(call, machine);
  const table = command.needs[0] === 'table' ? nameOf(call.positional[0]) : null;
  recordOpaque(
    machine,
    { table, reason: `${words[need]} in ${call.name} is computed`, hidesSchemaChange: true },
    stepOf(call),
  );
}

/** A hash in the last place is options, with or without braces. */
function withOptions(call: Call): Call {
  const last = call.positional.at(-1);
  if (last?.kind !== 'hash' || call.options.size > 0) return call;
  return { ...call, positional: call.positional.slice(0, -1), options: optionsOf(last) };
}

const words: Readonly<Record<Need, string>> = {
  table: "the table's name",
  column: "a column's name",
  columns: 'what it is made of',
  type: "the column's type",
  name: 'a name',
  value: 'a value',
};

function isKnown(need: Need, value: Value | undefined): boolean {
  switch (need) {
    case 'columns':
      return (namesOf(value)?.length ?? 0) > 0;
    case 'value':
    case 'type':
      return value !== undefined;
    case 'table':
    case 'column':
    case 'name':
      return nameOf(value) !== null;
  }
}
