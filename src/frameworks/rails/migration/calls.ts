import type { CallNode } from '@ruby/prism/src/nodes.js';

import { asksAdapter, driver } from './adapter.ts';
import { assignInPlace } from './assign-in-place.ts';
import { callMethod, runWrapped } from './blocks.ts';
import { readCall } from './call-arguments.ts';
import { stepOf } from './command.ts';
import { isCommand } from './commands/index.ts';
import { callRow, callRows, callUnknownRows } from './data.ts';
import { callElsewhere, changesSchema, givesDatabase, runsMigration } from './elsewhere.ts';
import { driverCalls, isSql } from './execute.ts';
import { nameOf } from './known.ts';
import type { Machine } from './machine.ts';
import { callDatabase } from './migration-self.ts';
import { isLibrary, rowsOfConstant } from './models.ts';
import { isUnderstood } from './own-methods.ts';
import { plainCall } from './plain.ts';
import { repeat } from './repeat.ts';
import type { Scope } from './scope.ts';
import { runProgram, startsProgram } from './shell.ts';
import { type Call, nil, unknown, type Value } from './value.ts';

/** Works out a call: what it gives, recording on the way what it does to the database. */
export function evaluateCall(node: CallNode, machine: Machine, given: { scope: Scope; statement: boolean }): Value {
  const { scope } = given;
  const receiver = node.receiver ? machine.evaluate(node.receiver, scope) : machine.self;
  if (node.isSafeNavigation() && receiver.kind === 'nil') return nil;
  const call = readCall(node, machine, given);
  const value = send(receiver, call, machine);
  assignInPlace(node, { value, call }, machine);
  return value;
}

function send(receiver: Value, call: Call, machine: Machine): Value {
  const statement = foreign.has(receiver.kind) ? schemaStatement(call) : null;
  if (statement) return callDatabase(machine, statement);
  switch (receiver.kind) {
    case 'receiver':
      return receiver.send(call);
    case 'constant':
      return callConstant(machine, receiver.name, call);
    case 'rows':
      return callRows(machine, receiver, call);
    case 'row':
      return callRow(machine, receiver, call);
    case 'proc':
      return callers.has(call.name) ? runWrapped(machine, receiver, call.positional) : unknown;
    case 'method':
      return callers.has(call.name) ? receiver.send({ ...call, name: receiver.name }) : unknown;
    case 'unknown':
      return callUnknown(machine, call);
    default:
      return call.block ? repeat(receiver, call, { machine, send }) : plainCall(receiver, call, machine);
  }
}

const callers: ReadonlySet<string> = new Set(['call', '()', '[]', 'yield', '===']);

/** A call on something that is not known: only a connection has schema statements. */
function callUnknown(machine: Machine, call: Call): Value {
  if (connections.has(call.name)) return machine.connection;
  if (asksAdapter(call)) return driver(machine);
  const rows = callUnknownRows(machine, call);
  if (rows) return rows;
  if (call.block) return repeat(unknown, call, { machine, send });
  const runs = (call.statement && startsWork.has(call.name)) || runsMigration(call);
  if (runs || changesSchema(call) || givesDatabase(call)) callElsewhere(machine, call);
  return plainCall(unknown, call, machine);
}

/** What starts code of another file, whatever it is called on. */
const startsWork: ReadonlySet<string> = new Set(
  'execute invoke invoke_task load_seed run call perform perform_now'.split(' '),
);

/** What may be a connection, or hand its calls to one. */
const foreign: ReadonlySet<Value['kind']> = new Set(['unknown', 'constant', 'rows', 'row']);

/** A call that only means something to a connection, whatever it is sent to. */
function schemaStatement(call: Call): Call | null {
  const [first] = call.positional;
  if (sqlSenders.has(call.name)) {
    const sql = (first?.kind === 'text' || first?.kind === 'template') && isSql(first.text);
    return sql ? { ...call, name: 'execute' } : null;
  }
  return isCommand(call.name) && first !== undefined ? call : null;
}

/** The gem `sequel` reaches a table by its name. */
function dataset(call: Call): Value {
  return { kind: 'rows', table: nameOf(call.positional[0]), batched: false, inBatches: false };
}

const sqlSenders: ReadonlySet<string> = new Set(['execute', 'run', 'query', ...driverCalls]);

const connections: ReadonlySet<string> = new Set([
  'connection',
  'lease_connection',
  'retrieve_connection',
  'connection_pool',
]);
const wrappers: ReadonlySet<string> = new Set(
  'transaction with_connection uncached unscoped connected_to no_touching silence logger'.split(' '),
);

function callConstant(machine: Machine, name: string, call: Call): Value {
  if (connections.has(call.name)) return machine.connection;
  if (wrappers.has(call.name) && call.block) return runWrapped(machine, call.block, [machine.connection]);
  const helper = machine.script.helpers.get(name.slice(name.lastIndexOf(':') + 1))?.get(call.name);
  if (helper) return callMethod(machine, helper, call);
  if (name === 'DB' && call.name === '[]') return dataset(call);
  if (startsProgram(name, call.name)) {
    runProgram(machine, call.positional, stepOf(call));
    return unknown;
  }
  if (runsCodeOf(name, call)) callElsewhere(machine, call);
  const rows = rowsOfConstant(machine, name);
  if (rows) return callRows(machine, rows, call);
  if (name === 'Rake::Task' || name === 'Rake') return call.statement ? unknown : { kind: 'constant', name };
  return call.block ? withBlock(machine, name, call) : unknown;
}

/** Whether a call on a constant runs code that stands in another file and may do something to the database. */
function runsCodeOf(name: string, call: Call): boolean {
  if (call.block || call.name === 'new') return false;
  if (runsMigration(call) || changesSchema(call)) return true;
  if (isLibrary(name) && call.name !== 'perform_now') return false;
  return givesDatabase(call) || (call.statement && !isUnderstood(call.name));
}

function withBlock(machine: Machine, name: string, call: Call): Value {
  if (!call.block) return unknown;
  const items = call.positional[0] ?? unknown;
  return name === 'Parallel'
    ? repeat(items, { ...call, name: 'each' }, { machine, send })
    : runWrapped(machine, call.block, [unknown]);
}
