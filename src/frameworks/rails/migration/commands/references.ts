import type { Column } from '../../../../schema/operation.ts';
import { columnOf, isFalse, isTrue, type Options } from '../column.ts';
import { type Command, command, nameAt, stepOf } from '../command.ts';
import { nameOf, optionsOf, textOf } from '../known.ts';
import { type Machine, nextStatement, record, recordOpaque } from '../machine.ts';
import { type Call, type Hash, text, type Value } from '../value.ts';
import { dropColumns } from './columns.ts';
import { foreignKeyEffect } from './foreign-keys.ts';
import { indexEffect, indexStatement } from './indexes.ts';

const add = command(['table', 'name'], addReference);
const remove = command(['table', 'name'], removeReference);

export const referenceCommands: Readonly<Record<string, Command>> = {
  add_reference: add,
  add_belongs_to: add,
  remove_reference: remove,
  remove_belongs_to: remove,
};

/** What `references` makes of a name: its columns, an index and a foreign key. */
export interface Reference {
  readonly columns: readonly Column[];
  readonly index: { readonly columns: readonly string[]; readonly options: Options } | null;
  readonly foreignKey: { readonly toTable: string; readonly options: Options } | null;
}

const own: ReadonlySet<string> = new Set(['index', 'foreign_key', 'polymorphic', 'type']);

export function readReference(
  machine: Machine,
  name: string,
  { table, options }: { table: string; options: Options },
): Reference {
  const columnOptions: Options = new Map([...options].filter(([key]) => !own.has(key)));
  const type = textOf(options.get('type') ?? text(defaultType(machine))) || 'bigint';
  const id = columnOf(`${name}_id`, type, { options: columnOptions, machine });
  const typeColumn = polymorphicColumn(machine, name, options);
  return {
    columns: typeColumn ? [typeColumn, id] : [id],
    index: indexOf(machine, name, { table, options }),
    foreignKey: foreignKeyOf(machine, name, options),
  };
}

/** `bigint` since Migration[5.1]. */
export function defaultType(machine: Machine): string {
  return machine.script.apiVersion < 5.1 ? 'integer' : 'bigint';
}

function polymorphicColumn(machine: Machine, name: string, options: Options): Column | null {
  const polymorphic = options.get('polymorphic');
  if (!isWanted(polymorphic)) return null;
  const inherited = [...options].filter(([key]) => key === 'null');
  const own = polymorphic?.kind === 'hash' ? optionsOf(polymorphic) : new Map<string, Value>();
  return columnOf(`${name}_type`, 'string', { options: new Map([...inherited, ...own]), machine });
}

/** Indexed unless told otherwise, since Migration[5.0]. */
function indexOf(
  machine: Machine,
  name: string,
  { table, options }: { table: string; options: Options },
): Reference['index'] {
  const index = options.get('index');
  if (index ? !isWanted(index) : machine.script.apiVersion < 5) return null;
  const given = index?.kind === 'hash' ? optionsOf(index) : new Map<string, Value>();
  if (!isWanted(options.get('polymorphic'))) return { columns: [`${name}_id`], options: given };
  const byDefault = machine.script.apiVersion >= 6.1 ? [['name', text(`index_${table}_on_${name}`)] as const] : [];
  return { columns: [`${name}_type`, `${name}_id`], options: new Map([...byDefault, ...given]) };
}

function foreignKeyOf(machine: Machine, name: string, options: Options): Reference['foreignKey'] {
  const wanted = options.get('foreign_key');
  if (!isWanted(wanted) || hidesForeignKey(options)) return null;
  const given = wanted?.kind === 'hash' ? optionsOf(wanted) : new Map<string, Value>();
  const toTable = nameOf(given.get('to_table')) ?? machine.inflector.pluralize(name);
  return { toTable, options: new Map([['column', text(`${name}_id`)], ...given]) };
}

/** Whether there is a foreign key, and where it leads, is computed. */
export function hidesForeignKey(options: Options): boolean {
  return options.get('foreign_key')?.kind === 'unknown';
}

export function hiddenForeignKey(name: string): string {
  return `whether ${name} gets a foreign key is computed`;
}

function isWanted(value: Value | undefined): boolean {
  return value !== undefined && value.kind !== 'nil' && !isFalse(value);
}

/** Up to three statements: the columns, the index, the foreign key. */
function addReference(call: Call, machine: Machine): void {
  const [table, name] = [nameAt(call, 0), nameAt(call, 1)];
  const reference = readReference(machine, name, { table, options: call.options });
  for (const column of reference.columns) {
    record(machine, { kind: 'add-column', table, column }, { ...stepOf(call), statement: nextStatement(machine) });
  }
  if (reference.index) {
    record(machine, indexEffect(machine, { table, ...reference.index }), {
      ...stepOf(call),
      statement: indexStatement(machine),
    });
  }
  if (hidesForeignKey(call.options)) {
    recordOpaque(machine, { table, reason: hiddenForeignKey(name), hidesSchemaChange: true }, stepOf(call));
  }
  if (reference.foreignKey) {
    const effect = foreignKeyEffect(machine, { table, ...reference.foreignKey });
    record(machine, effect, { ...stepOf(call), statement: nextStatement(machine) });
  }
}

function removeReference(call: Call, machine: Machine): void {
  const [table, name] = [nameAt(call, 0), nameAt(call, 1)];
  const foreignKey = call.options.get('foreign_key');
  if (isWanted(foreignKey)) {
    const given: Options = foreignKey?.kind === 'hash' ? optionsOf(foreignKey as Hash) : new Map();
    const columns = [nameOf(given.get('column')) ?? `${name}_id`];
    const effect = {
      kind: 'drop-foreign-key',
      table,
      name: nameOf(given.get('name')),
      columns,
      toTable: null,
    } as const;
    record(machine, effect, { ...stepOf(call), statement: nextStatement(machine) });
  }
  dropColumns(machine, call, [`${name}_id`]);
  if (isTrue(call.options.get('polymorphic')) || call.options.get('polymorphic')?.kind === 'hash') {
    dropColumns(machine, call, [`${name}_type`]);
  }
}
