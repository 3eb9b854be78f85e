import type { CaseNode, Node, StatementsNode } from '@ruby/prism/src/nodes.js';

import { type Branch, branch, evaluateOr, type Place } from './branches.ts';
import { truth } from './known.ts';
import type { Machine } from './machine.ts';
import { binary } from './operators.ts';
import type { Scope } from './scope.ts';
import type { Value } from './value.ts';

export function choose(node: CaseNode, machine: Machine, scope: Scope): Value {
  const subject = node.predicate ? machine.evaluate(node.predicate, scope) : null;
  const open: Branch[] = [];
  for (const condition of node.conditions) {
    const answer = matchesAny(condition, subject, { machine, scope });
    if (answer === true && open.length === 0) return evaluateOr(statementsIn(condition), machine, scope);
    if (answer !== false) open.push(statementsIn(condition));
    if (answer === true) return branch(machine, scope, open);
  }
  if (open.length === 0) return evaluateOr(node.elseClause, machine, scope);
  return branch(machine, scope, [...open, node.elseClause]);
}

function matchesAny(condition: Node, subject: Value | null, { machine, scope }: Place): boolean | null {
  const tests: readonly Node[] = 'conditions' in condition ? (condition.conditions as Node[]) : [];
  const answers = tests.map((test) => {
    const value = machine.evaluate(test, scope);
    return truth(subject ? binary(value, '===', subject) : value);
  });
  return answers.includes(true) ? true : answers.includes(null) ? null : false;
}

export function statementsIn(condition: Node): StatementsNode | null {
  return 'statements' in condition ? (condition.statements as StatementsNode | null) : null;
}
