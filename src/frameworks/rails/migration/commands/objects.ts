import { type Command, command, nameAt, stepOf } from '../command.ts';
import { nameOf, namesOf } from '../known.ts';
import { type Machine, nextStatement, record, recordOpaque, recordStatement } from '../machine.ts';
import type { Call } from '../value.ts';

const view = command(['table'], (call, machine) => {
  recordStatement(machine, { kind: 'create-view', table: nameAt(call, 0) }, stepOf(call));
});

const newView = command(['table'], (call, machine) => {
  const step = { ...stepOf(call), statement: nextStatement(machine) };
  record(machine, { kind: 'drop-view', table: nameAt(call, 0) }, step);
  record(machine, { kind: 'create-view', table: nameAt(call, 0) }, step);
});

const noView = command(['table'], (call, machine) => {
  recordStatement(machine, { kind: 'drop-view', table: nameAt(call, 0) }, stepOf(call));
});

/** Enum types, extensions and views: what stands beside the tables. The views are those of the gem `scenic`. */
export const objectCommands: Readonly<Record<string, Command>> = {
  create_enum: command(['name'], (call, machine) => {
    const values = namesOf(call.positional[1]) ?? namesOf(call.options.get('values'));
    if (!values) return computed(call, machine, 'the values of the enum are computed');
    recordStatement(machine, { kind: 'create-enum', table: null, name: nameAt(call, 0), values }, stepOf(call));
  }),
  drop_enum: command(['name'], (call, machine) => {
    recordStatement(machine, { kind: 'drop-enum', table: null, name: nameAt(call, 0) }, stepOf(call));
  }),
  rename_enum: command(['name'], (call, machine) => {
    const to = nameOf(call.positional[1]) ?? nameOf(call.options.get('to'));
    if (to === null) return computed(call, machine, 'the new name of the enum is computed');
    recordStatement(machine, { kind: 'rename-enum', table: null, name: nameAt(call, 0), to }, stepOf(call));
  }),
  add_enum_value: command(['name', 'name'], (call, machine) => {
    const effect = { kind: 'add-enum-value', table: null, name: nameAt(call, 0), value: nameAt(call, 1) } as const;
    recordStatement(machine, effect, stepOf(call));
  }),
  rename_enum_value: command(['name'], (call, machine) => {
    const value = nameOf(call.options.get('from')) ?? nameOf(call.positional[1]);
    const to = nameOf(call.options.get('to')) ?? nameOf(call.positional[2]);
    if (value === null || to === null) return computed(call, machine, 'a value of the enum is computed');
    recordStatement(
      machine,
      { kind: 'rename-enum-value', table: null, name: nameAt(call, 0), value, to },
      stepOf(call),
    );
  }),
  enable_extension: command(['name'], (call, machine) => {
    recordStatement(machine, { kind: 'enable-extension', table: null, name: nameAt(call, 0) }, stepOf(call));
  }),
  create_view: view,
  create_materialized_view: view,
  replace_view: newView,
  update_view: newView,
  update_materialized_view: newView,
  drop_view: noView,
  drop_materialized_view: noView,
  // SQLite's: the module behind it may give it columns of its own, as a view has them.
  create_virtual_table: view,
  drop_virtual_table: noView,
  ...quiet({
    disable_extension: 'what depended on the extension is not known',
    create_schema: 'a database schema has no tables yet',
    rename_schema: 'database schemas are not followed',
    create_function: 'functions are not followed',
    update_function: 'functions are not followed',
    drop_function: 'functions are not followed',
    create_trigger: 'triggers are not followed',
    update_trigger: 'triggers are not followed',
    drop_trigger: 'triggers are not followed',
    enable_index: 'whether an index is used changes no schema',
    disable_index: 'whether an index is used changes no schema',
    create_database: 'databases are not followed',
  }),
  drop_schema: command(['name'], (call, machine) => {
    computed(call, machine, 'which tables go with a dropped database schema is not known');
  }),
};

/** Calls that are understood and have no operation of their own. */
function quiet(reasons: Readonly<Record<string, string>>): Record<string, Command> {
  return Object.fromEntries(
    Object.entries(reasons).map(([name, reason]) => [
      name,
      command([], (call, machine) => {
        recordOpaque(machine, { reason: `${name}: ${reason}`, hidesSchemaChange: false }, stepOf(call));
      }),
    ]),
  );
}

function computed(call: Call, machine: Machine, reason: string): void {
  recordOpaque(machine, { reason, hidesSchemaChange: true }, stepOf(call));
}
