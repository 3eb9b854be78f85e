import { namesFrom, stepOf } from './command.ts';
import { optionsOf } from './known.ts';
import { type Machine, recordOpaque } from './machine.ts';
import { ask } from './table-questions.ts';
import { columnTypes } from './types.ts';
import { boolean, type Call, text, unknown, type Value } from './value.ts';

/** What the `t` of a `change_table` block calls a schema statement. */
const statements: ReadonlyMap<string, string> = new Map(
  Object.entries({
    column: 'add_column',
    index: 'add_index',
    timestamps: 'add_timestamps',
    foreign_key: 'add_foreign_key',
    check_constraint: 'add_check_constraint',
    exclusion_constraint: 'add_exclusion_constraint',
    unique_constraint: 'add_unique_constraint',
    rename: 'rename_column',
    change: 'change_column',
    change_default: 'change_column_default',
    change_null: 'change_column_null',
    change_comment: 'change_column_comment',
    remove: 'remove_columns',
    remove_column: 'remove_columns',
    remove_columns: 'remove_columns',
    remove_index: 'remove_index',
    remove_timestamps: 'remove_timestamps',
    remove_foreign_key: 'remove_foreign_key',
    remove_check_constraint: 'remove_check_constraint',
    remove_exclusion_constraint: 'remove_exclusion_constraint',
    remove_unique_constraint: 'remove_unique_constraint',
    rename_index: 'rename_index',
    validate_constraint: 'validate_constraint',
    validate_check_constraint: 'validate_check_constraint',
  }),
);

/** Those that take several names and are one statement of the DSL for each. */
const eachName: ReadonlyMap<string, string> = new Map(
  Object.entries({
    references: 'add_reference',
    belongs_to: 'add_reference',
    remove_references: 'remove_reference',
    remove_belongs_to: 'remove_reference',
  }),
);

/** The `t` of a `change_table` block: each call stands for a schema statement on the table. */
export function changeBlock(machine: Machine, table: string, run: (call: Call) => void): Value {
  const send = (call: Call): void => {
    const positional = [text(table), ...call.positional];
    const same = statements.get(call.name);
    if (same) return run({ ...call, name: same, positional });
    const single = eachName.get(call.name);
    if (single) return each(call, (name) => run({ ...call, name: single, positional: [text(table), name] }));
    if (columnTypes.has(call.name)) return each(call, (name) => addColumn(call, { table, name, run }));
    unread(call, `t.${call.name} is no column type that is known here`);
  };
  const unread = (call: Call, reason: string) =>
    recordOpaque(machine, { table, reason, hidesSchemaChange: true }, stepOf(call));
  return {
    kind: 'receiver',
    name: 'the table block',
    send: (call) => {
      if (call.name.endsWith('?')) return ask(call, machine);
      send(call);
      return unknown;
    },
    unread,
  };
}

/** A name that is not known is passed on: the statement says that it is computed. */
function each(call: Call, run: (name: Value) => void): void {
  for (const name of namesFrom(call, 0) ?? [null]) run(name === null ? unknown : text(name));
}

interface Addition {
  readonly table: string;
  readonly name: Value;
  readonly run: (call: Call) => void;
}

function addColumn(call: Call, { table, name, run }: Addition): void {
  const type = call.name === 'primary_key' && call.positional[1] ? call.positional[1] : text(call.name);
  const options =
    call.name === 'primary_key' ? new Map([...call.options, ['primary_key', boolean(true)] as const]) : call.options;
  run({ ...call, name: 'add_column', positional: [text(table), name, type], options });
  const index = call.options.get('index');
  const indexed = index?.kind === 'hash' || (index?.kind === 'boolean' && index.value);
  if (!indexed) return;
  const indexOptions = index.kind === 'hash' ? optionsOf(index) : new Map<string, Value>();
  run({ ...call, name: 'add_index', positional: [text(table), name], options: indexOptions });
}
