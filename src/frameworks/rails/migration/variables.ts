import {
  CallNode,
  ClassVariableReadNode,
  ClassVariableWriteNode,
  ConstantPathNode,
  ConstantReadNode,
  ConstantWriteNode,
  InstanceVariableOperatorWriteNode,
  InstanceVariableOrWriteNode,
  InstanceVariableReadNode,
  InstanceVariableWriteNode,
  ItLocalVariableReadNode,
  LocalVariableOperatorWriteNode,
  LocalVariableOrWriteNode,
  LocalVariableReadNode,
  LocalVariableTargetNode,
  LocalVariableWriteNode,
  MultiWriteNode,
  type Node,
} from '@ruby/prism/src/nodes.js';
import { constantName } from './class-parts.ts';
import { truth } from './known.ts';
import { type Machine, setVariable } from './machine.ts';
import { binary } from './operators.ts';
import { on, type Rule } from './rules.ts';
import { lookup, type Scope } from './scope.ts';
import { unknown, type Value } from './value.ts';

/** The name of the block's only parameter where it has none of its own. */
export const itName = 'it';

export const variables: readonly Rule[] = [
  on(LocalVariableReadNode, (node, _machine, scope) => lookup(scope, node.name) ?? unknown),
  on(ItLocalVariableReadNode, (_node, _machine, scope) => lookup(scope, itName) ?? unknown),
  on(InstanceVariableReadNode, (node, machine) => lookup(instance(machine), node.name) ?? declared(node.name, machine)),
  on(ClassVariableReadNode, (node, machine) => lookup(instance(machine), node.name) ?? declared(node.name, machine)),
  on(ClassVariableWriteNode, (node, machine, scope) => {
    const value = machine.evaluate(node.value, scope);
    setVariable(machine, instance(machine), node.name, value);
    return value;
  }),
  on(LocalVariableWriteNode, (node, machine, scope) => write(machine, scope, node)),
  on(InstanceVariableWriteNode, (node, machine, scope) => {
    const value = machine.evaluate(node.value, scope);
    setVariable(machine, instance(machine), node.name, value);
    return value;
  }),
  on(LocalVariableOrWriteNode, (node, machine, scope) => orWrite(machine, scope, { ...node, owner: scope })),
  on(InstanceVariableOrWriteNode, (node, machine, scope) =>
    orWrite(machine, scope, { ...node, owner: instance(machine) }),
  ),
  on(LocalVariableOperatorWriteNode, (node, machine, scope) => {
    const before = lookup(scope, node.name) ?? unknown;
    const value = binary(before, node.binaryOperator, machine.evaluate(node.value, scope));
    setVariable(machine, scope, node.name, value);
    return value;
  }),
  on(InstanceVariableOperatorWriteNode, (node, machine, scope) => {
    machine.evaluate(node.value, scope);
    setVariable(machine, instance(machine), node.name, unknown);
    return unknown;
  }),
  on(MultiWriteNode, multiWrite),
  on(ConstantReadNode, (node, machine) => constant(node, machine)),
  on(ConstantPathNode, (node, machine) => constant(node, machine)),
  on(ConstantWriteNode, (node, machine, scope) => machine.evaluate(node.value, scope)),
];

/** Instance variables live as long as the migration. */
function instance(machine: Machine): Scope {
  return machine.instance;
}

function write(machine: Machine, scope: Scope, node: LocalVariableWriteNode): Value {
  const value = machine.evaluate(node.value, scope);
  setVariable(machine, scope, node.name, value);
  return value;
}

interface OrWrite {
  readonly name: string;
  readonly value: Node;
  readonly owner: Scope;
}

function orWrite(machine: Machine, scope: Scope, { name, value, owner }: OrWrite): Value {
  const before = lookup(owner, name);
  const known = before === undefined ? false : truth(before);
  if (before !== undefined && known === true) return before;
  const after = machine.evaluate(value, scope);
  const result = known === false ? after : unknown;
  setVariable(machine, owner, name, result);
  return result;
}

function multiWrite(node: MultiWriteNode, machine: Machine, scope: Scope): Value {
  const value = machine.evaluate(node.value, scope);
  const items = value.kind === 'list' && node.rest === null && node.rights.length === 0 ? value.items : [];
  node.lefts.forEach((target: Node, index: number) => {
    if (!(target instanceof LocalVariableTargetNode)) return;
    setVariable(machine, scope, target.name, items[index] ?? unknown);
  });
  for (const target of [node.rest, ...node.rights]) {
    const inner = target && 'expression' in target ? (target.expression as Node | null) : target;
    if (inner instanceof LocalVariableTargetNode) setVariable(machine, scope, inner.name, unknown);
  }
  return value;
}

/** A constant of the file has its value, any other its name. */
function constant(node: ConstantReadNode | ConstantPathNode, machine: Machine): Value {
  const name = constantName(node) ?? dynamicName(node);
  if (name === null) return unknown;
  const last = name.slice(name.lastIndexOf('::') + 1).replace(/^:/, '');
  return machine.script.constants.has(last) ? declared(last, machine) : { kind: 'constant', name };
}

/** What the file gives a name outside of its methods. `def self.up` sees the class's own `@tables`. */
function declared(name: string, machine: Machine): Value {
  const value = machine.script.constants.get(name);
  if (!value || machine.openConstants.has(name)) return unknown;
  machine.openConstants.add(name);
  const result = machine.evaluate(value, machine.instance);
  machine.openConstants.delete(name);
  return result;
}

/** `self.class::COLUMNS`. */
function dynamicName(node: ConstantReadNode | ConstantPathNode): string | null {
  return node instanceof ConstantPathNode && node.parent instanceof CallNode ? node.name : null;
}
