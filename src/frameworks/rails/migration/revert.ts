import { runWrapped } from './blocks.ts';
import { stepOf } from './command.ts';
import { isCommand, runCommand } from './commands/index.ts';
import { type Machine, recordOpaque } from './machine.ts';
import { boolean, type Call, text, unknown, type Value } from './value.ts';

/** Schema statements whose opposite takes the same arguments. */
const opposites: readonly (readonly [string, string])[] = [
  ['create_table', 'drop_table'],
  ['create_join_table', 'drop_join_table'],
  ['add_column', 'remove_column'],
  ['add_columns', 'remove_columns'],
  ['add_timestamps', 'remove_timestamps'],
  ['add_index', 'remove_index'],
  ['add_reference', 'remove_reference'],
  ['add_belongs_to', 'remove_belongs_to'],
  ['add_foreign_key', 'remove_foreign_key'],
  ['add_check_constraint', 'remove_check_constraint'],
  ['add_exclusion_constraint', 'remove_exclusion_constraint'],
  ['add_unique_constraint', 'remove_unique_constraint'],
  ['create_enum', 'drop_enum'],
  ['create_virtual_table', 'drop_virtual_table'],
];

const opposite: ReadonlyMap<string, string> = new Map(
  opposites.flatMap(([up, down]) => [[up, down] as const, [down, up] as const]),
);

/** `revert { … }` runs the opposite of each statement, the last one first. `revert Other` names another file. */
export function revert(machine: Machine, call: Call): void {
  if (!call.block || call.positional.length > 0) {
    const reason = 'what revert takes back stands in another migration';
    recordOpaque(machine, { reason, hidesSchemaChange: true }, stepOf(call));
    return;
  }
  const outer = machine.reverted;
  const calls: Call[] = [];
  machine.reverted = calls;
  runWrapped(machine, call.block);
  machine.reverted = outer;
  for (const each of calls.reverse()) {
    const turned = outer ? each : turnedAround(each);
    if (outer) outer.push(each);
    else if (turned) runCommand(turned, machine);
    else
      recordOpaque(
        machine,
        { reason: `${each.name} in revert is not turned around`, hidesSchemaChange: true },
        stepOf(each),
      );
  }
}

function turnedAround(call: Call): Call | null {
  const name = opposite.get(call.name);
  if (name && isCommand(name)) return { ...call, name };
  const [first = unknown, second = unknown, third = unknown] = call.positional;
  switch (call.name) {
    case 'rename_table':
      return { ...call, positional: [second, first] };
    case 'rename_column':
    case 'rename_index':
      return { ...call, positional: [first, third, second] };
    case 'change_column_null':
      return third.kind === 'boolean' ? { ...call, positional: [first, second, boolean(!third.value)] } : null;
    case 'change_column_default':
      return reversedDefault(call);
    default:
      return null;
  }
}

function reversedDefault(call: Call): Call | null {
  const from: Value | undefined = call.options.get('from');
  if (!from) return null;
  return {
    ...call,
    options: new Map([
      ['from', text('')],
      ['to', from],
    ]),
  };
}
