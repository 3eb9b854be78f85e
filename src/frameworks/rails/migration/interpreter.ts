import { CallNode, ForwardingSuperNode, type Node, SuperNode } from '@ruby/prism/src/nodes.js';

import type { RubyFile } from '../../../languages/ruby.ts';
import type { Database } from '../../../schema/migration.ts';
import type { Operation } from '../../../schema/operation.ts';
import { newSqlSession } from '../../../sql/read.ts';
import type { Inflector } from '../models/inflections.ts';
import { runMethod } from './blocks.ts';
import { evaluateCall } from './calls.ts';
import { stepOf } from './command.ts';
import { isCommand } from './commands/index.ts';
import { control } from './control.ts';
import { literals } from './literals.ts';
import { giveUp, type Machine, recordOpaque, tooMuch } from './machine.ts';
import { callConnection, callMigration } from './migration-self.ts';
import { evaluateParts } from './other-nodes.ts';
import { on, type Rule } from './rules.ts';
import { methodScope, newFlow, type Scope } from './scope.ts';
import type { Script } from './script.ts';
import { shell } from './shell.ts';
import { type Receiver, unknown, type Value } from './value.ts';
import { variables } from './variables.ts';

export interface Start {
  readonly file: RubyFile;
  readonly script: Script;
  readonly database: Database;
  readonly inflector: Inflector;
}

/** Deeper than any expression that a person writes; the interpreter calls itself for each level. */
const maxDepth = 250;

/** A migration works out some thousand expressions; every loop, helper and large value is paid from this. */
const budgetOfLoops = 200_000;

/** What a migration does, in order, and whether it ends the transaction around it by hand. */
export interface Done {
  readonly operations: readonly Operation[];
  readonly commits: boolean;
}

/** Follows the migration's own method. */
export function operationsOf(start: Start): Done {
  const machine = newMachine(start);
  const { entry } = start.script;
  const caller = newFlow(null, null);
  for (const call of start.script.strays) {
    if (isCommand(call.name) || wrappers.has(call.name)) machine.perform(call, methodScope(caller));
  }
  if (entry) runMethod(machine, entry, { values: [], options: new Map(), block: null, conditional: false, caller });
  return machine;
}

/** Active Record sends what stands in the class itself to an instance, so these run when the file is loaded. */
const wrappers: ReadonlySet<string> = new Set(['execute', 'reversible', 'safety_assured', 'up_only', 'revert']);

/** Follows a block of statements that stands by itself, as in `schema.rb`. */
export function operationsOfBody(start: Start, body: Node): readonly Operation[] {
  const machine = newMachine(start);
  machine.evaluate(body, methodScope(newFlow(null, null)));
  return machine.operations;
}

function newMachine({ file, script, database, inflector }: Start): Machine {
  const unread: Receiver['unread'] = (call, reason) =>
    recordOpaque(machine, { reason, hidesSchemaChange: false }, stepOf(call));
  const machine: Machine = {
    file,
    script,
    database,
    inflector,
    evaluate: (node, scope) => evaluate(node, machine, { scope, statement: false }),
    perform: (node, scope) => evaluate(node, machine, { scope, statement: true }),
    operations: [],
    created: new Set(),
    instance: methodScope(newFlow(null, null)),
    self: { kind: 'receiver', name: 'the migration', send: (call) => callMigration(machine, call), unread },
    connection: { kind: 'receiver', name: 'the connection', send: (call) => callConnection(machine, call), unread },
    reverted: null,
    statement: 0,
    bulk: null,
    branches: 0,
    writes: [],
    session: newSqlSession(),
    commits: false,
    budget: budgetOfLoops + file.text.length,
    ended: false,
    depth: 0,
    methodDepth: 0,
    openConstants: new Set(),
  };
  return machine;
}

interface Use {
  readonly scope: Scope;
  readonly statement: boolean;
}

function evaluate(node: Node, machine: Machine, use: Use): Value {
  if (machine.ended) return unknown;
  machine.budget--;
  if (machine.budget < 0 || machine.depth > maxDepth) {
    const reason = machine.depth > maxDepth ? 'the code is nested too deep to follow' : tooMuch;
    giveUp(machine, reason, machine.file.at(node));
    return unknown;
  }
  machine.depth++;
  const value = node instanceof CallNode ? evaluateCall(node, machine, use) : byRule(node, machine, use.scope);
  machine.depth--;
  machine.budget -= sizeOf(value);
  return value;
}

/** Large values cost more, so that none can be made again and again. */
function sizeOf(value: Value): number {
  if (value.kind === 'text' || value.kind === 'template') return value.text.length >> 9;
  return value.kind === 'list' ? value.items.length >> 4 : 0;
}

const supers: readonly Rule[] = [
  on(SuperNode, (node, machine, scope) => inherited(node, machine, scope)),
  on(ForwardingSuperNode, (node, machine, scope) => inherited(node, machine, scope)),
];

const rules: ReadonlyMap<unknown, Rule[1]> = new Map([...literals, ...variables, ...control, ...shell, ...supers]);

function byRule(node: Node, machine: Machine, scope: Scope): Value {
  const rule = rules.get(node.constructor);
  if (rule) return rule(node, machine, scope);
  evaluateParts(node, machine, scope);
  return unknown;
}

function inherited(node: Node, machine: Machine, scope: Scope): Value {
  const reason = 'what the base class does here stands in another file';
  const hidesSchemaChange = scope.flow.method === 'up' || scope.flow.method === 'change';
  recordOpaque(
    machine,
    { reason, hidesSchemaChange },
    { at: machine.file.at(node), conditional: machine.branches > 0 },
  );
  return unknown;
}
