import { type CallNode, InstanceVariableReadNode, LocalVariableReadNode } from '@ruby/prism/src/nodes.js';

import { type Machine, setVariable } from './machine.ts';
import { lookup } from './scope.ts';
import { type Call, unknown, type Value } from './value.ts';

/** Methods whose result is the receiver, changed. */
const growing: ReadonlySet<string> = new Set(['<<', 'push', 'append', 'concat']);

const changing: ReadonlySet<string> = new Set(
  `[]= store merge! update delete delete_if reject! select! keep_if map! collect! compact! uniq! flatten! sort! reverse! shift
  pop unshift prepend insert clear replace sub! gsub! upcase! downcase! squish! strip! capitalize! slice! except!
  transform_keys! transform_values! symbolize_keys! stringify_keys! fill`.split(/\s+/),
);

/** Rows and receivers have methods of the same names that change no variable. */
const written: ReadonlySet<Value['kind']> = new Set(['text', 'template', 'list', 'hash']);

/** Values never change here, so a method that changes its receiver gives the variable a new one. */
export function assignInPlace(node: CallNode, { value, call }: { value: Value; call: Call }, machine: Machine): void {
  const { receiver } = node;
  const name =
    receiver instanceof LocalVariableReadNode || receiver instanceof InstanceVariableReadNode ? receiver.name : null;
  if (name === null || !(growing.has(node.name) || changing.has(node.name))) return;
  const scope = receiver instanceof LocalVariableReadNode ? call.scope : machine.instance;
  if (!written.has(lookup(scope, name)?.kind ?? 'unknown')) return;
  setVariable(machine, scope, name, growing.has(node.name) ? value : unknown);
}
