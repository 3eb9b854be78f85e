import type { Column } from '../../../../schema/operation.ts';
import { runWrapped } from '../blocks.ts';
import { changeBlock } from '../change-block.ts';
import { columnOf, isFalse, isTrue } from '../column.ts';
import { type Command, command, nameAt, namesFrom, stepOf, textOption } from '../command.ts';
import { createBlock } from '../create-block.ts';
import { namesOf, optionsOf } from '../known.ts';
import { type Machine, nextStatement, record, recordOpaque, recordStatement } from '../machine.ts';
import { joinTableName } from '../names.ts';
import type { NewTable } from '../table-parts.ts';
import { boolean, type Call, text, type Value } from '../value.ts';
import { typeName } from './column-changes.ts';
import { idColumns } from './id-column.ts';
import { isMysql } from './indexes.ts';
import { defaultType } from './references.ts';

export const tableCommands: Readonly<Record<string, Command>> = {
  create_table: command(['table'], createTable),
  create_join_table: command(['table', 'table'], createJoinTable),
  drop_table: command(['table'], (call, machine) => {
    const names = namesFrom(call, 0);
    if (!names)
      recordOpaque(
        machine,
        { reason: "a table's name in drop_table is computed", hidesSchemaChange: true },
        stepOf(call),
      );
    for (const table of names ?? []) recordStatement(machine, { kind: 'drop-table', table }, stepOf(call));
  }),
  drop_join_table: command(['table', 'table'], (call, machine) => {
    recordStatement(machine, { kind: 'drop-table', table: joinTable(call) }, stepOf(call));
  }),
  rename_table: command(['table', 'table'], (call, machine) => {
    const [table, to] = [nameAt(call, 0), nameAt(call, 1)];
    recordStatement(machine, { kind: 'rename-table', table, to }, stepOf(call));
    if (machine.created.has(table)) machine.created.add(to);
  }),
};

function createTable(call: Call, machine: Machine): void {
  const name = nameAt(call, 0);
  if (call.options.has('as')) {
    const reason = 'the columns of a table created from a query are not read';
    recordOpaque(machine, { table: name, reason, hidesSchemaChange: true }, stepOf(call));
    return;
  }
  if (isTrue(call.options.get('temporary'))) {
    recordOpaque(
      machine,
      { table: null, reason: `${name} is a temporary table`, hidesSchemaChange: false },
      stepOf(call),
    );
    return;
  }
  build(call, machine, { name, join: false, columns: idColumns(call, machine) });
}

interface Start {
  readonly name: string;
  /** A join table has no primary key. */
  readonly join: boolean;
  readonly columns: readonly Column[];
}

/** The table with its columns and constraints is one statement, its indexes are further ones except in MySQL. */
function build(call: Call, machine: Machine, { name, join, columns }: Start): void {
  const table: NewTable = {
    name,
    columns: new Map(columns.map((column) => [column.name, column])),
    primaryKey: join ? [] : columns.map((column) => column.name),
    parts: [],
  };
  const given = namesOf(call.options.get('primary_key'));
  if (columns.length === 0 && given && !isFalse(call.options.get('id'))) table.primaryKey.push(...given);
  const step = stepOf(call);
  if (!step.conditional) machine.created.add(name);
  if (call.block) runWrapped(machine, call.block, [createBlock(machine, table)]);

  const statement = nextStatement(machine);
  const replaces = call.options.has('force') && !isFalse(call.options.get('force'));
  const effect = {
    kind: 'create-table',
    table: name,
    columns: keyed(table),
    primaryKey: table.primaryKey,
    replaces,
  } as const;
  record(machine, effect, { ...step, statement });
  for (const part of table.parts) {
    const own = part.effect.kind === 'create-index' && !isMysql(machine);
    const conditional = part.step.conditional || step.conditional;
    record(machine, part.effect, {
      at: part.step.at,
      conditional,
      statement: own ? nextStatement(machine) : statement,
    });
  }
}

/** A column of the primary key is never null. */
function keyed(table: NewTable): readonly Column[] {
  const keys = new Set(table.primaryKey);
  return [...table.columns.values()].map((column) => (keys.has(column.name) ? { ...column, nullable: false } : column));
}

function createJoinTable(call: Call, machine: Machine): void {
  const given = call.options.get('column_options');
  const inner = given?.kind === 'hash' ? optionsOf(given) : new Map<string, Value>();
  const options = new Map([['null', boolean(false)] as const, ...inner]);
  const type = typeName(options.get('type') ?? text(defaultType(machine)));
  const columns = [nameAt(call, 0), nameAt(call, 1)].map((name) =>
    columnOf(`${machine.inflector.singularize(name)}_id`, type, { options, machine }),
  );
  build(call, machine, { name: joinTable(call), join: true, columns });
}

function joinTable(call: Call): string {
  return textOption(call, 'table_name') || joinTableName(nameAt(call, 0), nameAt(call, 1));
}

/** With `bulk` the changes that the database can combine are one statement; SQLite combines none. */
export function changeTable(call: Call, machine: Machine, run: (call: Call) => void): void {
  if (!call.block) return;
  const table = nameAt(call, 0);
  const bulk = isTrue(call.options.get('bulk')) && machine.database !== 'sqlite';
  if (bulk) machine.bulk = { statement: null };
  runWrapped(machine, call.block, [changeBlock(machine, table, run)]);
  if (bulk) machine.bulk = null;
}
