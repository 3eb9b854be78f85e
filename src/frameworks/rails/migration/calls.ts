import type { CallNode } from '@ruby/prism/src/nodes.js';

import { assignInPlace } from './assign-in-place.ts';
import { runBlock, runWrapped } from './blocks.ts';
import { readCall } from './call-arguments.ts';
import { isCommand } from './commands/index.ts';
import { callRow, callRows } from './data.ts';
import type { Machine } from './machine.ts';
import { callDatabase } from './migration-self.ts';
import { rowsOfConstant } from './models.ts';
import { plainCall } from './plain.ts';
import { repeat } from './repeat.ts';
import type { Scope } from './scope.ts';
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
      return call.name === 'call' || call.name === '()' ? runWrapped(machine, receiver, call.positional) : unknown;
    case 'method':
      return call.name === 'call' ? runBlock(machine, receiver, call.positional) : unknown;
    case 'unknown':
      if (looksLikeSchema(call)) return callDatabase(machine, call);
      return call.block ? repeat(receiver, call, { machine, send }) : plainCall(receiver, call, machine);
    default:
      return call.block ? repeat(receiver, call, { machine, send }) : plainCall(receiver, call, machine);
  }
}

/** A schema statement on something that is not known: only a connection has one. */
function looksLikeSchema(call: Call): boolean {
  if (call.name === 'execute') return call.positional.length === 1 && call.positional[0]?.kind === 'text';
  return isCommand(call.name) && call.positional.length > 0;
}

const connections: ReadonlySet<string> = new Set(['connection', 'lease_connection', 'retrieve_connection']);
const wrappers: ReadonlySet<string> = new Set(
  'transaction with_connection connection_pool uncached unscoped connected_to no_touching silence logger'.split(' '),
);

function callConstant(machine: Machine, name: string, call: Call): Value {
  if (connections.has(call.name)) return machine.connection;
  if (wrappers.has(call.name) && call.block) return runWrapped(machine, call.block, [machine.connection]);
  const rows = rowsOfConstant(machine, name);
  if (rows) return callRows(machine, rows, call);
  if (!call.block) return unknown;
  const items = call.positional[0] ?? unknown;
  return name === 'Parallel'
    ? repeat(items, { ...call, name: 'each' }, { machine, send })
    : runWrapped(machine, call.block, [unknown]);
}
