import {
  AndNode,
  ArrayNode,
  CallNode,
  CallOrWriteNode,
  ConstantPathNode,
  ConstantReadNode,
  FalseNode,
  FloatNode,
  HashNode,
  IfNode,
  InstanceVariableOrWriteNode,
  InstanceVariableReadNode,
  InstanceVariableWriteNode,
  IntegerNode,
  InterpolatedStringNode,
  InterpolatedSymbolNode,
  ItLocalVariableReadNode,
  LambdaNode,
  LocalVariableOrWriteNode,
  LocalVariableReadNode,
  LocalVariableWriteNode,
  NilNode,
  type Node,
  OrNode,
  ParenthesesNode,
  RangeNode,
  RegularExpressionNode,
  SelfNode,
  StringNode,
  SymbolNode,
  TrueNode,
} from '@ruby/prism/src/nodes.js';

import { argumentsOf, statementsOf } from '../models/arguments.ts';
import { constantName } from '../models/constants.ts';
import { calledValue } from '../models/model-names.ts';
import { callValue } from './call-values.ts';
import { isShadowed } from './shadows.ts';
import { isKnown, lookUp, other, type Run, type Site, type Value } from './site.ts';

const literals = [
  FalseNode,
  FloatNode,
  IntegerNode,
  InterpolatedStringNode,
  InterpolatedSymbolNode,
  LambdaNode,
  NilNode,
  RangeNode,
  RegularExpressionNode,
  StringNode,
  SymbolNode,
  TrueNode,
];

/** What an expression yields where it stands. Null: not known. */
export function valueAt(node: Node, site: Site, run: Run): Value | null {
  const before = run.known.get(node);
  if (before !== undefined) return before;
  // A variable that is assigned from itself must not ask without end.
  run.known.set(node, null);
  const value = judge(node, site, run);
  run.known.set(node, value);
  return value;
}

function judge(node: Node, site: Site, run: Run): Value | null {
  if (node instanceof CallNode) return callValue(node, site, run);
  if (node instanceof SelfNode) return site.self ?? (site.level === 'none' ? null : other);
  if (node instanceof ConstantReadNode || node instanceof ConstantPathNode) return constantValue(node, site, run);
  if (node instanceof LocalVariableReadNode) {
    if (node.name === '_1') return site.implicit;
    return lookUp(site.locals, node.name) ?? calledValue(node.name, run);
  }
  if (node instanceof ItLocalVariableReadNode) return site.implicit;
  if (node instanceof InstanceVariableReadNode)
    return lookUp(site.locals, node.name) ?? assignedValue(node.name, site, run) ?? calledValue(node.name, run);
  if (node instanceof HashNode) return { kind: 'other', hash: node };
  if (literals.some((literal) => node instanceof literal)) return other;
  return compoundValue(node, site, run);
}

function compoundValue(node: Node, site: Site, run: Run): Value | null {
  const value = (inner: Node | null | undefined) => (inner ? valueAt(inner, site, run) : null);
  if (node instanceof ParenthesesNode) return value(statementsOf(node).at(-1));
  if (node instanceof OrNode) return value(node.left) ?? value(node.right);
  if (node instanceof AndNode) return value(node.right);
  if (node instanceof IfNode) {
    const otherwise = node.subsequent && 'statements' in node.subsequent ? node.subsequent.statements : null;
    return firstKnown([statementsOf(node.statements).at(-1), statementsOf(otherwise as Node | null).at(-1)].map(value));
  }
  if (
    node instanceof LocalVariableWriteNode ||
    node instanceof LocalVariableOrWriteNode ||
    node instanceof InstanceVariableWriteNode ||
    node instanceof InstanceVariableOrWriteNode ||
    node instanceof CallOrWriteNode
  ) {
    return value(node.value);
  }
  if (node instanceof ArrayNode) return listValue(node.elements.map(value));
  return null;
}

/** An array of records of one kind is as good as a relation. */
function listValue(values: readonly (Value | null)[]): Value {
  const [first] = values;
  return first?.kind === 'record' && values.every((each) => each?.kind === 'record')
    ? { ...first, kind: 'relation' }
    : other;
}

function constantValue(node: Node, site: Site, run: Run): Value {
  const name = constantName(node);
  const model = name === null ? null : run.context.models.resolve(name, site.nesting);
  if (name === null || !model) return other;
  const defined = [run.constants, run.context.constants];
  if (isShadowed(name, model, { nesting: site.nesting, defined })) return other;
  return { kind: 'class', models: [model], certainty: 'certain', computed: false };
}

/** What the file's assignments tell of an instance variable: records of any of several models, or the first thing known. */
function assignedValue(name: string, site: Site, run: Run): Value | null {
  const nowhere = { ...site, locals: { values: new Map(), outer: null } };
  const values = (run.assigned.get(name) ?? []).map((node) => valueAt(node, nowhere, run));
  const first = firstKnown(values);
  if (!isKnown(first)) return first;
  const models = values.flatMap((value) => (isKnown(value) && value.kind === first.kind ? value.models : []));
  return { ...first, models: [...new Set(models)] };
}

/** Something known to be a record wins over something known to be none (`nil` in one branch). */
function firstKnown(values: readonly (Value | null)[]): Value | null {
  return (
    values.find((value) => value !== null && value.kind !== 'other') ?? values.find((value) => value !== null) ?? null
  );
}

/** The value of the last argument that is a record or relation: what a form or a partial is about. */
export function argumentValue(call: CallNode, site: Site, run: Run): Value | null {
  const [first] = argumentsOf(call);
  if (first instanceof ArrayNode) {
    const last = first.elements.at(-1);
    return last ? valueAt(last, site, run) : null;
  }
  return first ? valueAt(first, site, run) : null;
}
