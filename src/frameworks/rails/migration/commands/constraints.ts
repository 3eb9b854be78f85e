import { isFalse, type Options } from '../column.ts';
import { type Command, command, nameAt, stepOf, textOption } from '../command.ts';
import { nameOf, namesOf, textOf } from '../known.ts';
import { type Effect, type Machine, recordOpaque, recordStatement } from '../machine.ts';
import { checkName, exclusionName, uniqueName } from '../names.ts';
import type { Call, Value } from '../value.ts';

export const constraintCommands: Readonly<Record<string, Command>> = {
  add_check_constraint: command(['table', 'name'], (call, machine) => {
    const request = { table: nameAt(call, 0), expression: nameAt(call, 1), options: call.options };
    recordStatement(machine, checkEffect(request), stepOf(call));
  }),
  remove_check_constraint: command(['table'], (call, machine) => {
    const expression = nameOf(call.positional[1]) ?? textOption(call, 'expression');
    const name = textOption(call, 'name');
    if (expression === null && name === null) return unclear(call, machine);
    const effect = {
      kind: 'drop-check',
      table: nameAt(call, 0),
      name,
      expression: name === null ? expression : null,
    } as const;
    recordStatement(machine, effect, stepOf(call));
  }),
  add_exclusion_constraint: command(['table', 'name'], (call, machine) => {
    const request = { table: nameAt(call, 0), expression: nameAt(call, 1), options: call.options };
    recordStatement(machine, exclusionEffect(request), stepOf(call));
  }),
  remove_exclusion_constraint: command(['table'], (call, machine) => {
    recordStatement(
      machine,
      { kind: 'drop-exclusion', table: nameAt(call, 0), name: textOption(call, 'name') },
      stepOf(call),
    );
  }),
  add_unique_constraint: command(['table'], (call, machine) => {
    const columns = namesOf(call.positional[1]);
    if (!columns && !call.options.has('using_index')) return unclear(call, machine);
    const request = { table: nameAt(call, 0), columns: columns ?? [], options: call.options };
    recordStatement(machine, uniqueEffect(request), stepOf(call));
  }),
  remove_unique_constraint: command(['table'], (call, machine) => {
    const columns = namesOf(call.positional[1]) ?? [];
    const name = textOption(call, 'name');
    if (columns.length === 0 && name === null) return unclear(call, machine);
    recordStatement(machine, { kind: 'drop-unique', table: nameAt(call, 0), name, columns }, stepOf(call));
  }),
  validate_constraint: command(['table', 'name'], (call, machine) => {
    validate(machine, call, { name: nameAt(call, 1), columns: [] });
  }),
  validate_check_constraint: command(['table'], (call, machine) => {
    const expression = nameOf(call.options.get('expression'));
    const byDefault = expression === null ? null : checkName(nameAt(call, 0), expression);
    validate(machine, call, { name: nameOf(call.positional[1]) ?? textOption(call, 'name') ?? byDefault, columns: [] });
  }),
  validate_foreign_key: command(['table'], (call, machine) => {
    validate(machine, call, { name: textOption(call, 'name'), columns: foreignColumns(call, machine) });
  }),
};

interface ExpressionRequest {
  readonly table: string;
  readonly expression: string;
  readonly options: Options;
}

export function checkEffect({ table, expression, options }: ExpressionRequest): Effect {
  const name = given(options.get('name')) ?? checkName(table, expression);
  return { kind: 'add-check', table, check: { name, expression }, validate: !isFalse(options.get('validate')) };
}

export function exclusionEffect({ table, expression, options }: ExpressionRequest): Effect {
  const name = given(options.get('name')) ?? exclusionName(table, expression);
  return { kind: 'add-exclusion', table, name, expression };
}

interface UniqueRequest {
  readonly table: string;
  readonly columns: readonly string[];
  readonly options: Options;
}

export function uniqueEffect({ table, columns, options }: UniqueRequest): Effect {
  const usingIndex = given(options.get('using_index'));
  const name = given(options.get('name')) ?? uniqueName(table, usingIndex === null ? columns : [usingIndex]);
  return { kind: 'add-unique', table, name, columns, usingIndex };
}

function given(value: Value | undefined): string | null {
  return value ? textOf(value) || null : null;
}

function validate(machine: Machine, call: Call, meant: { name: string | null; columns: readonly string[] }): void {
  if (meant.name === null && meant.columns.length === 0) return unclear(call, machine);
  recordStatement(machine, { kind: 'validate-constraint', table: nameAt(call, 0), ...meant }, stepOf(call));
}

function foreignColumns(call: Call, machine: Machine): readonly string[] {
  const toTable = nameOf(call.positional[1]) ?? nameOf(call.options.get('to_table'));
  const columns = namesOf(call.options.get('column'));
  if (columns) return columns;
  if (toTable === null) return [];
  return addedKey(machine, nameAt(call, 0), toTable) ?? [`${machine.inflector.singularize(toTable)}_id`];
}

/** The columns of the foreign key that this migration adds without checking it, whatever they are called. */
function addedKey(machine: Machine, table: string, toTable: string): readonly string[] | null {
  machine.budget -= machine.operations.length >> 4;
  const added = machine.operations.findLast(
    (operation) =>
      operation.kind === 'add-foreign-key' &&
      !operation.validate &&
      operation.table === table &&
      operation.foreignKey.toTable === toTable,
  );
  return added?.kind === 'add-foreign-key' ? added.foreignKey.columns : null;
}

function unclear(call: Call, machine: Machine): void {
  const reason = `which constraint ${call.name} means is computed`;
  recordOpaque(machine, { table: nameAt(call, 0), reason, hidesSchemaChange: true }, stepOf(call));
}
