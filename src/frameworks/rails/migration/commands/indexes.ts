import { isTrue, type Options } from '../column.ts';
import { type Command, command, nameAt, stepOf, textOption } from '../command.ts';
import { nameOf, namesOf, textOf } from '../known.ts';
import { combinedStatement, type Effect, type Machine, nextStatement, record, recordOpaque } from '../machine.ts';
import { indexName } from '../names.ts';
import { type Call, unknown } from '../value.ts';

export const indexCommands: Readonly<Record<string, Command>> = {
  add_index: command(['table', 'value'], (call, machine) => {
    const columns = namesOf(call.positional[1]) ?? computedColumns(call, machine);
    const options = namesOf(call.positional[1]) ? call.options : new Map([['name', unknown], ...call.options]);
    const effect = indexEffect(machine, { table: nameAt(call, 0), columns, options });
    record(machine, effect, { ...stepOf(call), statement: indexStatement(machine) });
  }),
  remove_index: command(['table'], (call, machine) => {
    if (!namesIndex(call)) {
      const reason = 'which index remove_index means is computed';
      recordOpaque(machine, { table: nameAt(call, 0), reason, hidesSchemaChange: true }, stepOf(call));
      return;
    }
    const columns = namesOf(call.positional[1]) ?? namesOf(call.options.get('column')) ?? [];
    const concurrently = textOption(call, 'algorithm') === 'concurrently';
    const effect = {
      kind: 'drop-index',
      table: nameAt(call, 0),
      name: textOption(call, 'name'),
      columns,
      concurrently,
    } as const;
    record(machine, effect, { ...stepOf(call), statement: indexStatement(machine) });
  }),
  rename_index: command(['table', 'name', 'name'], (call, machine) => {
    const effect = {
      kind: 'rename-index',
      table: nameAt(call, 0),
      name: nameAt(call, 1),
      to: nameAt(call, 2),
    } as const;
    record(machine, effect, { ...stepOf(call), statement: nextStatement(machine) });
  }),
};

interface IndexRequest {
  readonly table: string;
  readonly columns: readonly string[];
  readonly options: Options;
}

type IndexEffect = Extract<Effect, { readonly kind: 'create-index' }>;

/** An index with the name that Active Record gives it. */
export function indexEffect(machine: Machine, { table, columns, options }: IndexRequest): IndexEffect {
  const algorithm = options.get('algorithm');
  const where = options.get('where');
  const name = options.get('name');
  return {
    kind: 'create-index',
    table,
    index: {
      name: name ? nameOf(name) : indexName(table, columns, machine.script.apiVersion),
      columns,
      unique: isTrue(options.get('unique')),
      where: where ? textOf(where) || null : null,
    },
    concurrently: algorithm ? textOf(algorithm) === 'concurrently' : false,
    algorithm: algorithm ? textOf(algorithm) || null : null,
  };
}

/** An index of the columns that are known, and of the rest as it is written. */
function computedColumns({ positional: [, value], node }: Call, machine: Machine): readonly string[] {
  const written = node.arguments_?.arguments_[1];
  const source = written ? `(${machine.file.source(written)})` : '(computed)';
  if (value?.kind !== 'list') return [source];
  const names = value.items.flatMap((item) => nameOf(item) ?? []);
  return [...names, source];
}

/** Only MySQL puts an index into the statement of its neighbours. */
export function indexStatement(machine: Machine): number {
  return isMysql(machine) ? combinedStatement(machine) : nextStatement(machine);
}

export function isMysql({ database }: Pick<Machine, 'database'>): boolean {
  return database === 'mysql' || database === 'mariadb';
}

/** Whether a call names an index or columns at all; with neither it means something that is computed. */
function namesIndex(call: Call): boolean {
  const columns = namesOf(call.positional[1]) ?? namesOf(call.options.get('column'));
  return columns !== null || textOption(call, 'name') !== null;
}
