import { type DefNode, ParametersNode } from '@ruby/prism/src/nodes.js';

import { giveUp, isConditional, type Machine } from './machine.ts';
import { type Arguments, bindBlock, bindMethod } from './parameters.ts';
import { blockScope, methodScope, newFlow } from './scope.ts';
import { type Call, nil, type Proc, unknown, type Value } from './value.ts';

/** Calls a block, lambda, `method(:name)` or `&:name` with these values. */
export function runBlock(machine: Machine, block: Value, values: readonly Value[]): Value {
  switch (block.kind) {
    case 'proc':
      return runProc(machine, block, values);
    case 'method': {
      const { name, origin } = block;
      const conditional = isConditional(machine, origin.scope);
      return block.send({ ...origin, name, positional: values, options: new Map(), statement: true, conditional });
    }
    default:
      return unknown;
  }
}

function runProc(machine: Machine, proc: Proc, values: readonly Value[]): Value {
  const scope = blockScope(proc.scope);
  bindBlock(machine, scope, { parameters: proc.parameters, values });
  if (!proc.body) return nil;
  const value = machine.evaluate(proc.body, scope);
  const { flow } = scope;
  if (flow.jump !== 'next') return value;
  flow.jump = 'none';
  return flow.returned;
}

/** Runs a block that a method calls once, with values that are not known. Its jumps end with it. */
export function runWrapped(machine: Machine, block: Value, values: readonly Value[] = []): Value {
  if (block.kind !== 'proc') return runBlock(machine, block, values);
  const { flow } = block.scope;
  const { maybe } = flow;
  const value = runBlock(machine, block, values);
  if (flow.jump === 'break') flow.jump = 'none';
  if (flow.maybe === 'next' || flow.maybe === 'break') flow.maybe = maybe;
  return value;
}

/** Deeper than helper methods of a migration call each other. */
const maxMethodDepth = 25;

/** Runs a helper method of the migration's own file. */
export function runMethod(machine: Machine, method: DefNode, given: Arguments): Value {
  if (machine.methodDepth >= maxMethodDepth) {
    giveUp(machine, 'helper methods call each other too deep to follow', machine.file.at(method));
    return unknown;
  }
  const scope = methodScope(newFlow(method.name, given.block));
  if (method.parameters instanceof ParametersNode) bindMethod(machine, scope, { method: method.parameters, given });
  machine.methodDepth++;
  if (given.conditional) machine.branches++;
  const value = method.body ? machine.evaluate(method.body, scope) : nil;
  if (given.conditional) machine.branches--;
  machine.methodDepth--;
  const { jump, maybe, returned } = scope.flow;
  if (jump === 'raise') given.caller.jump = 'raise';
  if (maybe === 'return') return unknown;
  return jump === 'return' ? returned : value;
}

/** Runs a local method for a call. */
export function callMethod(machine: Machine, method: DefNode, call: Call): Value {
  return runMethod(machine, method, {
    values: call.positional,
    options: call.options,
    block: call.block,
    conditional: isConditional(machine, call.scope) && machine.branches === 0,
    caller: call.scope.flow,
  });
}
