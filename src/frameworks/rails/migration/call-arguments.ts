import {
  AssocNode,
  AssocSplatNode,
  BlockArgumentNode,
  BlockNode,
  type CallNode,
  KeywordHashNode,
  type Node,
  SplatNode,
} from '@ruby/prism/src/nodes.js';
import { optionsOf } from './known.ts';
import { itemsOf } from './loops.ts';
import { isConditional, type Machine } from './machine.ts';
import type { Scope } from './scope.ts';
import { type Call, unknown, type Value } from './value.ts';

export function readCall(
  node: CallNode,
  machine: Machine,
  { scope, statement }: { scope: Scope; statement: boolean },
): Call {
  const positional: Value[] = [];
  const options = new Map<string, Value>();
  let computedOptions = false;
  for (const argument of node.arguments_?.arguments_ ?? []) {
    if (argument instanceof KeywordHashNode) {
      computedOptions = readKeywords(argument, { positional, options }, { machine, scope }) || computedOptions;
    } else positional.push(...readArgument(argument, machine, scope));
  }
  const conditional = isConditional(machine, scope);
  const at = machine.file.at(node);
  const block = readBlock(node.block, machine, scope);
  return { name: node.name, node, at, scope, positional, options, computedOptions, block, statement, conditional };
}

function readArgument(argument: Node, machine: Machine, scope: Scope): readonly Value[] {
  if (!(argument instanceof SplatNode)) return [machine.evaluate(argument, scope)];
  const items = argument.expression ? itemsOf(machine.evaluate(argument.expression, scope)) : null;
  return items ?? [unknown];
}

interface Place {
  readonly machine: Machine;
  readonly scope: Scope;
}

interface Arguments {
  readonly positional: Value[];
  readonly options: Map<string, Value>;
}

/** True: the keywords hold something that is not known. Keys that are no symbols make a hash of their own. */
function readKeywords(node: KeywordHashNode, into: Arguments, { machine, scope }: Place): boolean {
  let computed = false;
  const loose: (readonly [Value, Value])[] = [];
  for (const element of node.elements) {
    if (element instanceof AssocNode) {
      const key = machine.evaluate(element.key, scope);
      const value = machine.evaluate(element.value, scope);
      if (key.kind === 'text' && key.symbol) into.options.set(key.text, value);
      else loose.push([key, value]);
    } else if (element instanceof AssocSplatNode && element.value) {
      const inner = machine.evaluate(element.value, scope);
      if (inner.kind === 'hash') for (const [name, value] of optionsOf(inner)) into.options.set(name, value);
      else computed = inner.kind !== 'nil';
    }
  }
  if (loose.length > 0) into.positional.push({ kind: 'hash', entries: loose });
  return computed;
}

function readBlock(node: Node | null, machine: Machine, scope: Scope): Value | null {
  if (node instanceof BlockNode) return { kind: 'proc', parameters: node.parameters, body: node.body, scope };
  if (!(node instanceof BlockArgumentNode)) return null;
  const value = node.expression ? machine.evaluate(node.expression, scope) : (scope.flow.block ?? unknown);
  return value.kind === 'nil' ? null : value;
}
