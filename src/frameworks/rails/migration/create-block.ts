import { columnOf, isTrue } from './column.ts';
import { namesFrom, stepOf } from './command.ts';
import { typeName } from './commands/column-changes.ts';
import { timestampOptions } from './commands/columns.ts';
import { foreignKeyEffect } from './commands/foreign-keys.ts';
import { hiddenForeignKey, hidesForeignKey, readReference } from './commands/references.ts';
import { nameOf, namesOf, optionsOf } from './known.ts';
import type { Machine } from './machine.ts';
import {
  addIndex,
  check,
  exclusion,
  foreignKey,
  known,
  type NewTable,
  opaque,
  type Place,
  part,
  unique,
} from './table-parts.ts';
import { ask } from './table-questions.ts';
import { columnTypes } from './types.ts';
import { type Call, unknown, type Value } from './value.ts';

type Method = (call: Call, place: Place) => void;

/** The `t` of a `create_table` block. */
export function createBlock(machine: Machine, table: NewTable): Value {
  return {
    kind: 'receiver',
    name: 'the table block',
    send: (call) => {
      if (call.name.endsWith('?')) return ask(call, machine);
      send(call, { machine, table });
      return unknown;
    },
    unread: (call, reason) => opaque(call, { machine, table }, reason),
  };
}

function send(call: Call, place: Place): void {
  const method = methods.get(call.name);
  if (method) return method(call, place);
  if (columnTypes.has(call.name)) return columns(call, { ...place, type: call.name, names: namesFrom(call, 0) });
  opaque(call, place, `t.${call.name} is no column type that is known here`);
}

const references: Method = (call, place) => {
  for (const name of known(namesFrom(call, 0), call, place)) addReference(call, { ...place, name });
};

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    'column',
    (call, place) =>
      columns(call, { ...place, type: typeName(call.positional[1]), names: namesOf(call.positional[0]) }),
  ],
  ['primary_key', primaryKey],
  ['timestamps', timestamps],
  ['references', references],
  ['belongs_to', references],
  ['index', (call, place) => addIndex(call, place, { columns: namesOf(call.positional[0]), options: call.options })],
  ['foreign_key', (call, place) => part(call, place, foreignKey)],
  ['check_constraint', (call, place) => part(call, place, check)],
  ['exclusion_constraint', (call, place) => part(call, place, exclusion)],
  ['unique_constraint', unique],
  ['remove', (call, place) => remove(call, place)],
  ['remove_column', (call, place) => remove(call, place)],
  ['comment', () => undefined],
]);

interface NewColumns extends Place {
  readonly type: string;
  readonly names: readonly string[] | null;
}

/** `t.string :a, :b, index: true`. */
function columns(call: Call, { machine, table, type, names }: NewColumns): void {
  for (const name of known(names, call, { machine, table })) {
    table.columns.set(name, columnOf(name, type, { options: call.options, machine }));
    if (isTrue(call.options.get('primary_key')) || type === 'primary_key') table.primaryKey.push(name);
    const index = call.options.get('index');
    if (index?.kind === 'hash') addIndex(call, { machine, table }, { columns: [name], options: optionsOf(index) });
    else if (isTrue(index)) addIndex(call, { machine, table }, { columns: [name], options: new Map() });
  }
}

function primaryKey(call: Call, place: Place): void {
  const name = nameOf(call.positional[0]) ?? 'id';
  const type = call.positional[1] ? typeName(call.positional[1]) : 'primary_key';
  const options = new Map([...call.options, ['primary_key', { kind: 'boolean', value: true }] as const]);
  columns({ ...call, options }, { ...place, type, names: [name] });
}

function timestamps(call: Call, { machine, table }: Place): void {
  const options = timestampOptions(call.options, machine);
  for (const name of ['created_at', 'updated_at']) {
    table.columns.set(name, columnOf(name, 'datetime', { options, machine }));
    const index = call.options.get('index');
    if (isTrue(index)) addIndex(call, { machine, table }, { columns: [name], options: new Map() });
  }
}

function addReference(call: Call, { machine, table, name }: Place & { readonly name: string }): void {
  const reference = readReference(machine, name, { table: table.name, options: call.options });
  for (const column of reference.columns) table.columns.set(column.name, column);
  if (reference.index) addIndex(call, { machine, table }, reference.index);
  if (hidesForeignKey(call.options)) opaque(call, { machine, table }, hiddenForeignKey(name));
  if (reference.foreignKey) {
    const effect = foreignKeyEffect(machine, { table: table.name, ...reference.foreignKey });
    table.parts.push({ effect, step: stepOf(call) });
  }
}

function remove(call: Call, place: Place): void {
  for (const name of known(namesFrom(call, 0), call, place)) place.table.columns.delete(name);
}
