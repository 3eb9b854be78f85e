import type { Node } from '@ruby/prism/src/nodes.js';

import type { Machine } from './machine.ts';
import { dropRepeated } from './repeated.ts';
import { farther, forget, type Jump, nearer, type Scope, undo } from './scope.ts';
import { nil, unknown, type Value } from './value.ts';

/** Code that may run; null is a branch without code. */
export type Branch = Node | null;

/**
 * Follows every branch of a condition that is not known. Whatever they do is conditional; a variable that one of them
 * assigns is not known afterwards; a jump in one of them makes what follows conditional.
 */
export function branch(machine: Machine, scope: Scope, branches: readonly Branch[]): Value {
  const jumps: Jump[] = [];
  const start = machine.writes.length;
  const ends = [machine.operations.length];
  for (const each of branches) {
    const from = machine.writes.length;
    jumps.push(attempt(machine, scope, () => (each ? machine.evaluate(each, scope) : nil)));
    for (let index = machine.writes.length - 1; index >= from; index--) {
      const write = machine.writes[index];
      if (write) undo(write);
    }
    ends.push(machine.operations.length);
  }
  dropRepeated(machine, ends);
  for (const write of machine.writes.slice(start)) forget(write);
  if (machine.branches === 0) machine.writes.length = 0;
  settle(scope, jumps);
  return unknown;
}

/** Follows one piece of code of which it is not known whether or how often it runs. */
export function unsure(machine: Machine, scope: Scope, run: () => Value): void {
  const start = machine.writes.length;
  const jump = attempt(machine, scope, run);
  for (const write of machine.writes.slice(start)) forget(write);
  if (machine.branches === 0) machine.writes.length = 0;
  settle(scope, [jump, 'none']);
}

function attempt(machine: Machine, scope: Scope, run: () => Value): Jump {
  const checksOff = machine.session.mysql.checksOff;
  machine.branches++;
  run();
  machine.branches--;
  machine.session.mysql.checksOff &&= checksOff;
  const { jump } = scope.flow;
  scope.flow.jump = 'none';
  return jump;
}

/** A `raise` in one branch stops the deployment, so what follows it is as sure as before. */
function settle(scope: Scope, jumps: readonly Jump[]): void {
  const leaving = jumps.filter((jump) => jump !== 'raise');
  if (leaving.length === 0) {
    scope.flow.jump = 'raise';
    return;
  }
  const nearest = leaving.reduce<Jump>(nearer, 'return');
  if (nearest !== 'none') scope.flow.jump = nearest;
  else scope.flow.maybe = leaving.reduce<Jump>(farther, scope.flow.maybe);
}

export interface Place {
  readonly machine: Machine;
  readonly scope: Scope;
}

export function evaluateOr(node: Node | null, machine: Machine, scope: Scope): Value {
  return node ? machine.evaluate(node, scope) : nil;
}
