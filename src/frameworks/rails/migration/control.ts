import {
  AndNode,
  BeginNode,
  BreakNode,
  CaseMatchNode,
  CaseNode,
  ElseNode,
  ForNode,
  IfNode,
  NextNode,
  type Node,
  OrNode,
  ParenthesesNode,
  RescueModifierNode,
  ReturnNode,
  SelfNode,
  StatementsNode,
  UnlessNode,
  UntilNode,
  WhileNode,
  YieldNode,
} from '@ruby/prism/src/nodes.js';
import { runBlock } from './blocks.ts';
import { type Branch, branch, evaluateOr, type Place, unsure } from './branches.ts';
import { choose, statementsIn } from './choices.ts';
import { truth } from './known.ts';
import { forgetWritesIn, loopOver } from './loops.ts';
import { type Machine, setVariable } from './machine.ts';
import { on, type Rule } from './rules.ts';
import type { Jump, Scope } from './scope.ts';
import { nil, unknown, type Value } from './value.ts';

export const control: readonly Rule[] = [
  on(StatementsNode, (node, machine, scope) => inOrder(node.body, machine, scope)),
  on(ParenthesesNode, (node, machine, scope) => evaluateOr(node.body, machine, scope)),
  on(SelfNode, (_node, machine) => machine.self),
  on(IfNode, (node, machine, scope) =>
    decide({ predicate: node.predicate, whenTrue: node.statements, otherwise: node.subsequent }, machine, scope),
  ),
  on(UnlessNode, (node, machine, scope) =>
    decide({ predicate: node.predicate, whenTrue: node.elseClause, otherwise: node.statements }, machine, scope),
  ),
  on(ElseNode, (node, machine, scope) => evaluateOr(node.statements, machine, scope)),
  on(AndNode, (node, machine, scope) => logical(node, true, { machine, scope })),
  on(OrNode, (node, machine, scope) => logical(node, false, { machine, scope })),
  on(CaseNode, choose),
  on(CaseMatchNode, (node, machine, scope) => {
    machine.evaluate(node.predicate as Node, scope);
    return branch(machine, scope, [...node.conditions.map(statementsIn), node.elseClause]);
  }),
  on(BeginNode, begin),
  on(RescueModifierNode, (node, machine, scope) => {
    const value = machine.evaluate(node.expression, scope);
    if (scope.flow.jump === 'raise') scope.flow.jump = 'none';
    unsure(machine, scope, () => machine.evaluate(node.rescueExpression, scope));
    return value;
  }),
  on(WhileNode, (node, machine, scope) => repeat(node, machine, scope)),
  on(UntilNode, (node, machine, scope) => repeat(node, machine, scope)),
  on(ForNode, forEach),
  on(ReturnNode, (node, machine, scope) => jump('return', node, { machine, scope })),
  on(NextNode, (node, machine, scope) => jump('next', node, { machine, scope })),
  on(BreakNode, (node, machine, scope) => jump('break', node, { machine, scope })),
  on(YieldNode, (node, machine, scope) => {
    const values = (node.arguments_?.arguments_ ?? []).map((each: Node) => machine.evaluate(each, scope));
    const { block } = scope.flow;
    return block ? runBlock(machine, block, values) : unknown;
  }),
];

function inOrder(nodes: readonly Node[], machine: Machine, scope: Scope): Value {
  let value: Value = nil;
  for (const node of nodes) {
    value = machine.perform(node, scope);
    if (scope.flow.jump !== 'none') break;
  }
  return value;
}

interface Decision {
  readonly predicate: Node;
  readonly whenTrue: Branch;
  readonly otherwise: Branch;
}

function decide({ predicate, whenTrue, otherwise }: Decision, machine: Machine, scope: Scope): Value {
  const answer = truth(machine.evaluate(predicate, scope));
  if (answer === null) return branch(machine, scope, [whenTrue, otherwise]);
  return evaluateOr(answer ? whenTrue : otherwise, machine, scope);
}

function logical(node: AndNode | OrNode, stopsAt: boolean, { machine, scope }: Place): Value {
  const left = machine.evaluate(node.left, scope);
  const answer = truth(left);
  if (answer === null) {
    branch(machine, scope, [node.right, null]);
    return unknown;
  }
  return answer === stopsAt ? machine.evaluate(node.right, scope) : left;
}

/** What `rescue` does is not sure to run, what `ensure` does is. */
function begin(node: BeginNode, machine: Machine, scope: Scope): Value {
  const { flow } = scope;
  let value = evaluateOr(node.statements, machine, scope);
  if (flow.jump === 'raise' && node.rescueClause) flow.jump = 'none';
  for (let rescue = node.rescueClause; rescue; rescue = rescue.subsequent) {
    const { statements } = rescue;
    if (statements) unsure(machine, scope, () => machine.evaluate(statements, scope));
  }
  if (node.elseClause && flow.jump === 'none') value = machine.evaluate(node.elseClause, scope);
  const { jump } = flow;
  if (node.ensureClause?.statements) {
    flow.jump = 'none';
    machine.evaluate(node.ensureClause.statements, scope);
    if (flow.jump === 'none') flow.jump = jump;
  }
  return value;
}

function repeat(node: WhileNode | UntilNode, machine: Machine, scope: Scope): Value {
  forgetWritesIn(node, machine, scope);
  machine.evaluate(node.predicate, scope);
  branch(machine, scope, [node.statements, null]);
  return unknown;
}

function forEach(node: ForNode, machine: Machine, scope: Scope): Value {
  const collection = machine.evaluate(node.collection, scope);
  const name = 'name' in node.index ? String(node.index.name) : null;
  loopOver({ collection, at: machine.file.at(node), body: node }, { machine, scope }, (item) => {
    if (name !== null) setVariable(machine, scope, name, item);
    return evaluateOr(node.statements, machine, scope);
  });
  return collection;
}

function jump(kind: Jump, node: ReturnNode | NextNode | BreakNode, { machine, scope }: Place): Value {
  const values = (node.arguments_?.arguments_ ?? []).map((each: Node) => machine.evaluate(each, scope));
  scope.flow.returned = values.length > 1 ? unknown : (values[0] ?? nil);
  scope.flow.jump = kind;
  return scope.flow.returned;
}
