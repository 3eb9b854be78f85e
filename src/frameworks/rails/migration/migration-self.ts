import { callMethod, runWrapped } from './blocks.ts';
import { stepOf } from './command.ts';
import { isCommand, runCommand } from './commands/index.ts';
import { givesDatabase, handsOver } from './elsewhere.ts';
import { driverCalls, executeSql, sqlCalls } from './execute.ts';
import { harmless } from './harmless.ts';
import { nameOf } from './known.ts';
import { type Machine, recordOpaque } from './machine.ts';
import { revert } from './revert.ts';
import { runProgram, shellCalls } from './shell.ts';
import { boolean, type Call, nil, type Receiver, text, unknown, type Value } from './value.ts';

/** A call without a receiver: a helper of the file, a schema statement, or a wrapper with a block. */
export function callMigration(machine: Machine, call: Call): Value {
  const method = machine.script.methods.get(call.name);
  if (method) return callMethod(machine, method, call);
  if (!shellCalls.has(call.name)) return callDatabase(machine, call);
  runProgram(machine, call.positional, stepOf(call));
  return unknown;
}

/** A call on a connection, Active Record's or the driver's own below it. */
export function callConnection(machine: Machine, call: Call): Value {
  if (!driverCalls.has(call.name)) return callDatabase(machine, call);
  return callDatabase(machine, { ...call, name: 'execute' });
}

/** A call on a connection, or on the migration where its file has no helper of that name. */
export function callDatabase(machine: Machine, call: Call): Value {
  if (isCommand(call.name)) return schemaStatement(machine, call);
  const own = statements.get(call.name);
  if (own) return own(machine, call);
  if (sqlCalls.has(call.name)) {
    if (machine.reverted) machine.reverted.push(call);
    else executeSql(machine, call);
    return unknown;
  }
  return otherCall(machine, call);
}

function schemaStatement(machine: Machine, call: Call): Value {
  if (machine.reverted) machine.reverted.push(call);
  else runCommand(call, machine);
  if (call.computedOptions || lacksOptions(call)) {
    const reason = `some options of ${call.name} are computed`;
    recordOpaque(machine, { table: nameOf(call.positional[0]), reason, hidesSchemaChange: false }, stepOf(call));
  }
  return unknown;
}

/** After how many arguments a statement takes its options. */
const optionsAfter: Readonly<Record<string, number>> = {
  create_table: 1,
  change_table: 1,
  add_index: 2,
  add_reference: 2,
  add_foreign_key: 2,
  add_column: 3,
  change_column: 3,
};

/** `create_table :users, options_of_today`. */
function lacksOptions({ name, positional }: Call): boolean {
  const value = positional[optionsAfter[name] ?? positional.length];
  return value !== undefined && value.kind !== 'hash' && value.kind !== 'nil';
}

type Statement = (machine: Machine, call: Call) => Value;

const wrapper: Statement = (machine, call) => (call.block ? runWrapped(machine, call.block) : unknown);
const self: Statement = (machine) => machine.self;
const connection: Statement = (machine, call) =>
  call.block ? runWrapped(machine, call.block, [machine.connection]) : machine.connection;

const statements: ReadonlyMap<string, Statement> = new Map<string, Statement>([
  ['reversible', (machine, call) => (call.block ? runWrapped(machine, call.block, [direction(machine)]) : unknown)],
  ['up_only', wrapper],
  [
    'revert',
    (machine, call) => {
      revert(machine, call);
      return unknown;
    },
  ],
  ['reverting?', () => boolean(false)],
  ['connection', connection],
  ['with_connection', connection],
  ['lease_connection', connection],
  ['raw_connection', connection],
  ['tap', connection],
  ['then', connection],
  ['class', self],
  ['itself', self],
  ['adapter_name', (machine) => text(adapters[machine.database])],
  ['adapter', driver],
  ['quote_table_name', (machine, call) => quoted(machine, call)],
  ['quote_column_name', (machine, call) => quoted(machine, call)],
  ['quote', (_machine, call) => literal(call)],
  ['proc', (_machine, call) => call.block ?? unknown],
  ['lambda', (_machine, call) => call.block ?? unknown],
  ['method', methodValue],
  ['send', (machine, call) => resend(machine, call)],
  ['public_send', (machine, call) => resend(machine, call)],
  ['__send__', (machine, call) => resend(machine, call)],
  ['raise', raise],
  ['fail', raise],
  ['abort', raise],
]);

/** What each driver calls itself; `trilogy` and `mysql2` speak to both MySQL and MariaDB. */
const adapters: Readonly<Record<Machine['database'], string>> = {
  postgres: 'PostgreSQL',
  mysql: 'Mysql2',
  mariadb: 'Mysql2',
  sqlite: 'SQLite',
};

/** What `config/database.yml` calls the database. Two drivers speak to MySQL, `mysql2` and `trilogy`. */
export function driver({ database }: Pick<Machine, 'database'>): Value {
  if (database === 'postgres') return text('postgresql');
  return database === 'sqlite' ? text('sqlite3') : unknown;
}

/** `dir.down` never runs here. */
function direction(machine: Machine): Value {
  const send = (call: Call): Value => (call.name === 'up' && call.block ? runWrapped(machine, call.block) : unknown);
  const unread: Receiver['unread'] = (call, reason) =>
    recordOpaque(machine, { reason, hidesSchemaChange: false }, stepOf(call));
  return { kind: 'receiver', name: 'the direction', send, unread };
}

function quoted(machine: Machine, call: Call): Value {
  const name = nameOf(call.positional[0]);
  if (name === null) return unknown;
  const quote = machine.database === 'mysql' || machine.database === 'mariadb' ? '`' : '"';
  return text(
    name
      .split('.')
      .map((part) => quote + part + quote)
      .join('.'),
  );
}

function literal(call: Call): Value {
  const [value] = call.positional;
  if (value?.kind === 'text') return text(`'${value.text.replaceAll("'", "''")}'`);
  return value?.kind === 'number' ? value : unknown;
}

function methodValue(machine: Machine, call: Call): Value {
  const name = nameOf(call.positional[0]);
  if (name === null) return unknown;
  return { kind: 'method', name, origin: call, send: (each) => callMigration(machine, each) };
}

function resend(machine: Machine, call: Call): Value {
  const name = nameOf(call.positional[0]);
  if (name !== null) return callMigration(machine, { ...call, name, positional: call.positional.slice(1) });
  const reason = 'which statement is sent to the database is computed';
  recordOpaque(machine, { reason, hidesSchemaChange: true }, stepOf(call));
  return unknown;
}

function raise(_machine: Machine, call: Call): Value {
  call.scope.flow.jump = 'raise';
  return nil;
}

const ddlVerb = /^(add|remove|drop|create|rename|change|alter|truncate|copy|swap|backfill|validate|update|replace)_/;

/** Never silence: what is neither read nor known to be harmless is opaque. */
function otherCall(machine: Machine, call: Call): Value {
  if (givesDatabase(call) && !harmless.has(call.name) && !call.block) {
    handsOver(machine, call);
    return unknown;
  }
  if (harmless.has(call.name) || call.name.endsWith('?') || /^[A-Z]/.test(call.name)) {
    return call.block ? runWrapped(machine, call.block) : unknown;
  }
  const isDdl = /^(add|remove|drop|create|rename|change)_/.test(call.name);
  if (call.block?.kind === 'unknown') {
    recordOpaque(machine, { reason: `the block of ${call.name} is computed`, hidesSchemaChange: false }, stepOf(call));
    return unknown;
  }
  if (call.block && !isDdl) return runWrapped(machine, call.block, [unknown]);
  if (!isDdl && !call.statement && !ddlVerb.test(call.name)) return unknown;
  const named =
    call.positional.length > 0 &&
    call.positional.slice(0, 2).every((value) => value.kind === 'text' || value.kind === 'list');
  recordOpaque(
    machine,
    {
      table: named && isDdl ? nameOf(call.positional[0]) : null,
      reason: `${call.name} is no statement that is known here`,
      hidesSchemaChange: isDdl && !named,
    },
    stepOf(call),
  );
  return unknown;
}
