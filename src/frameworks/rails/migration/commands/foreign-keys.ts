import type { ForeignKey } from '../../../../schema/operation.ts';
import { isFalse, type Options } from '../column.ts';
import { type Command, command, nameAt, stepOf, textOption } from '../command.ts';
import { nameOf, namesOf, textOf } from '../known.ts';
import { type Effect, type Machine, recordOpaque, recordStatement } from '../machine.ts';
import { foreignKeyName } from '../names.ts';
import type { Call } from '../value.ts';

export const foreignKeyCommands: Readonly<Record<string, Command>> = {
  add_foreign_key: command(['table', 'table'], (call, machine) => {
    const request = { table: nameAt(call, 0), toTable: nameAt(call, 1), options: call.options };
    recordStatement(machine, foreignKeyEffect(machine, request), stepOf(call));
  }),
  remove_foreign_key: command(['table'], removeForeignKey),
};

interface Request {
  readonly table: string;
  readonly toTable: string;
  readonly options: Options;
}

type ForeignKeyEffect = Extract<Effect, { readonly kind: 'add-foreign-key' }>;

/** A foreign key with the column and name that Active Record takes where none is given. */
export function foreignKeyEffect(machine: Machine, { table, toTable, options }: Request): ForeignKeyEffect {
  const columns = namesOf(options.get('column')) ?? [`${singular(machine, toTable)}_id`];
  const foreignKey: ForeignKey = {
    name: options.has('name') ? nameOf(options.get('name')) : foreignKeyName(table, columns),
    columns,
    toTable,
    toColumns: namesOf(options.get('primary_key')) ?? ['id'],
    onDelete: action(options, 'on_delete'),
    onUpdate: action(options, 'on_update'),
  };
  const validate = !isFalse(options.get('validate'));
  return { kind: 'add-foreign-key', table, foreignKey, validate, checksOff: machine.session.mysql.checksOff };
}

function action(options: Options, name: string): string | null {
  const value = options.get(name);
  return value ? textOf(value) || null : null;
}

function singular(machine: Machine, table: string): string {
  return machine.inflector.singularize(table);
}

/** `remove_foreign_key :posts, :users`, `to_table:`, `column:` or `name:`. */
function removeForeignKey(call: Call, machine: Machine): void {
  const table = nameAt(call, 0);
  const toTable = nameOf(call.positional[1]) ?? nameOf(call.options.get('to_table'));
  const name = textOption(call, 'name');
  const columns = namesOf(call.options.get('column')) ?? [];
  if (toTable === null && name === null && columns.length === 0) {
    const reason = 'which foreign key remove_foreign_key means is computed';
    recordOpaque(machine, { table, reason, hidesSchemaChange: true }, stepOf(call));
    return;
  }
  recordStatement(machine, { kind: 'drop-foreign-key', table, name, columns, toTable }, stepOf(call));
}
