import { adapterNames, driver, literal, quoted } from './adapter.ts';
import { callMethod, runWrapped } from './blocks.ts';
import { stepOf } from './command.ts';
import { isCommand, runCommand } from './commands/index.ts';
import { driverCalls, executeSql, sqlCalls } from './execute.ts';
import { nameOf } from './known.ts';
import { type Machine, recordOpaque } from './machine.ts';
import { lacksOptions, otherCall } from './other-call.ts';
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
  ['adapter_name', (machine) => text(adapterNames[machine.database])],
  ['adapter', driver],
  ['quote_table_name', quoted],
  ['quote_column_name', quoted],
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

/** `dir.down` never runs here. */
function direction(machine: Machine): Value {
  const send = (call: Call): Value => (call.name === 'up' && call.block ? runWrapped(machine, call.block) : unknown);
  const unread: Receiver['unread'] = (call, reason) =>
    recordOpaque(machine, { reason, hidesSchemaChange: false }, stepOf(call));
  return { kind: 'receiver', name: 'the direction', send, unread };
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
