import { columnOf, isFalse, type Options } from '../column.ts';
import { type Command, command, nameAt, namesFrom, stepOf } from '../command.ts';
import { combinedStatement, type Machine, nextStatement, record, recordOpaque, recordStatement } from '../machine.ts';
import { boolean, type Call, nil, number } from '../value.ts';
import { changeColumn, changeDefault, changeNull, typeName } from './column-changes.ts';

export const columnCommands: Readonly<Record<string, Command>> = {
  add_column: command(['table', 'column', 'type'], (call, machine) => {
    addColumn(machine, call, { table: nameAt(call, 0), name: nameAt(call, 1), type: typeName(call.positional[2]) });
  }),
  add_columns: command(['table', 'columns'], (call, machine) => {
    const type = typeName(call.options.get('type'));
    for (const name of columnNames(call, machine)) addColumn(machine, call, { table: nameAt(call, 0), name, type });
  }),
  remove_column: command(['table', 'column'], (call, machine) => {
    dropColumns(machine, call, [nameAt(call, 1)]);
  }),
  remove_columns: command(['table', 'columns'], (call, machine) => {
    dropColumns(machine, call, columnNames(call, machine));
  }),
  rename_column: command(['table', 'column', 'column'], (call, machine) => {
    const effect = {
      kind: 'rename-column',
      table: nameAt(call, 0),
      column: nameAt(call, 1),
      to: nameAt(call, 2),
    } as const;
    record(machine, effect, { ...stepOf(call), statement: combinedStatement(machine) });
  }),
  change_column: command(['table', 'column', 'type'], changeColumn),
  change_column_default: command(['table', 'column'], (call, machine) => {
    const value = call.options.has('to') ? call.options.get('to') : call.positional[2];
    changeDefault(machine, call, { value: value ?? nil, statement: nextStatement(machine) });
  }),
  change_column_null: command(['table', 'column', 'value'], (call, machine) => {
    const [table, column] = [nameAt(call, 0), nameAt(call, 1)];
    const nullable = call.positional[2] ?? nil;
    const filler = call.positional[3];
    if (isFalse(nullable) && filler && filler.kind !== 'nil') {
      const fill = { kind: 'run-data-change', table, change: 'update', columns: [column], batched: false } as const;
      recordStatement(machine, fill, stepOf(call));
    }
    changeNull(machine, call, { value: nullable, statement: nextStatement(machine) });
  }),
  change_column_comment: command(['table', 'column'], (call, machine) => {
    recordStatement(machine, { kind: 'set-comment', table: nameAt(call, 0), column: nameAt(call, 1) }, stepOf(call));
  }),
  change_table_comment: command(['table'], (call, machine) => {
    recordStatement(machine, { kind: 'set-comment', table: nameAt(call, 0), column: null }, stepOf(call));
  }),
  add_timestamps: command(['table'], (call, machine) => {
    const options = timestampOptions(call.options, machine);
    const statement = combinedStatement(machine);
    for (const name of ['created_at', 'updated_at']) {
      const column = columnOf(name, 'datetime', { options, machine });
      record(machine, { kind: 'add-column', table: nameAt(call, 0), column }, { ...stepOf(call), statement });
    }
  }),
  remove_timestamps: command(['table'], (call, machine) => {
    dropColumns(machine, call, ['updated_at', 'created_at']);
  }),
};

/** Timestamps are NOT NULL since Migration[5.0] and keep microseconds since Migration[6.0]. */
export function timestampOptions(options: Options, machine: Machine): Options {
  const { apiVersion } = machine.script;
  const precision = apiVersion >= 6 ? [['precision', number(6)] as const] : [];
  return new Map([['null', boolean(apiVersion < 5)], ...precision, ...options]);
}

interface NewColumn {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

function addColumn(machine: Machine, call: Call, { table, name, type }: NewColumn): void {
  const column = columnOf(name, type, { options: call.options, machine });
  const statement = combinedStatement(machine);
  record(machine, { kind: 'add-column', table, column }, { ...stepOf(call), statement });
}

/** Several columns go in one statement, except in SQLite, which rebuilds the table. */
export function dropColumns(machine: Machine, call: Call, columns: readonly string[]): void {
  const shared = machine.database === 'sqlite' ? null : combinedStatement(machine);
  for (const column of columns) {
    const statement = shared ?? nextStatement(machine);
    record(machine, { kind: 'drop-column', table: nameAt(call, 0), column }, { ...stepOf(call), statement });
  }
}

function columnNames(call: Call, machine: Machine): readonly string[] {
  const names = namesFrom(call, 1);
  if (names) return names;
  const riddle = {
    table: nameAt(call, 0),
    reason: `a column's name in ${call.name} is computed`,
    hidesSchemaChange: true,
  };
  recordOpaque(machine, riddle, stepOf(call));
  return [];
}
