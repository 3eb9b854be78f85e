import {
  ArrayNode,
  AssocNode,
  EmbeddedStatementsNode,
  FalseNode,
  FloatNode,
  HashNode,
  ImplicitNode,
  IntegerNode,
  InterpolatedStringNode,
  InterpolatedSymbolNode,
  KeywordHashNode,
  LambdaNode,
  NilNode,
  type Node,
  RangeNode,
  RegularExpressionNode,
  SplatNode,
  StringNode,
  SymbolNode,
  TrueNode,
} from '@ruby/prism/src/nodes.js';
import type { Place } from '../../../sql/statement.ts';
import { textOf } from './known.ts';
import { joinedPlace, literalPlace, type Piece } from './literal-place.ts';
import type { Machine } from './machine.ts';
import { on, type Rule } from './rules.ts';
import type { Scope } from './scope.ts';
import { boolean, hole, list, nil, text, unknown, type Value } from './value.ts';

export const literals: readonly Rule[] = [
  on(StringNode, (node, { file }) => text(node.unescaped.value, false, literalPlace(file, node))),
  on(SymbolNode, (node) => text(node.unescaped.value, true)),
  on(InterpolatedStringNode, (node, machine, scope) => interpolate(node.parts, machine, scope)),
  on(InterpolatedSymbolNode, (node, machine, scope) => {
    const value = interpolate(node.parts, machine, scope);
    return value.kind === 'text' ? { ...value, symbol: true } : value;
  }),
  on(IntegerNode, (node, machine) => numeral(Number(node.value), machine.file.source(node))),
  on(FloatNode, (node, machine) => numeral(node.value, machine.file.source(node))),
  on(TrueNode, () => boolean(true)),
  on(FalseNode, () => boolean(false)),
  on(NilNode, () => nil),
  on(ArrayNode, (node, machine, scope) => arrayOf(node.elements, machine, scope)),
  on(HashNode, (node, machine, scope) => hashOf(node.elements, machine, scope)),
  on(KeywordHashNode, (node, machine, scope) => hashOf(node.elements, machine, scope)),
  on(ImplicitNode, (node, machine, scope) => machine.evaluate(node.value, scope)),
  on(RangeNode, rangeOf),
  on(LambdaNode, (node, _machine, scope) => ({ kind: 'proc', parameters: node.parameters, body: node.body, scope })),
  on(RegularExpressionNode, (node) => {
    const words = node.unescaped.value.replace(/^\(([^()]*)\)$/, '$1').split('|');
    const plain = words.every((word: string) => /^\w+$/.test(word));
    return plain ? { kind: 'pattern', words, ignoreCase: node.isIgnoreCase() } : unknown;
  }),
];

/** `2023_09_18` keeps its digits only. */
function numeral(value: number, source: string): Value {
  return { kind: 'number', text: source.replaceAll('_', ''), value };
}

/** The text of parts, with a hole for each that is not known. */
export function interpolate(parts: readonly Node[], machine: Machine, scope: Scope): Value {
  let whole = '';
  let known = true;
  const pieces: Piece[] = [];
  for (const part of parts) {
    const value =
      part instanceof EmbeddedStatementsNode ? embedded(part, machine, scope) : machine.evaluate(part, scope);
    pieces.push({ start: whole.length, at: placeOf(value) ?? (() => machine.file.at(part)) });
    const piece = value.kind === 'template' ? value.text : textOf(value);
    known &&= piece !== null && value.kind !== 'template';
    whole += piece ?? hole;
    if (text(whole) === unknown) return unknown;
  }
  const at = joinedPlace(pieces);
  return known ? text(whole, false, at) : { kind: 'template', text: whole, at };
}

function placeOf(value: Value): Place | undefined {
  return value.kind === 'text' || value.kind === 'template' ? value.at : undefined;
}

function embedded(part: EmbeddedStatementsNode, machine: Machine, scope: Scope): Value {
  const nodes: readonly Node[] = part.statements?.body ?? [];
  return nodes.reduce<Value>((_, node) => machine.evaluate(node, scope), text(''));
}

function arrayOf(elements: readonly Node[], machine: Machine, scope: Scope): Value {
  const items: Value[] = [];
  for (const element of elements) {
    if (!(element instanceof SplatNode)) items.push(machine.evaluate(element, scope));
    else {
      const more = element.expression ? machine.evaluate(element.expression, scope) : unknown;
      if (more.kind !== 'list') return unknown;
      items.push(...more.items);
    }
  }
  return list(items);
}

/** A hash with a `**more` that is not known is unknown as a whole. */
function hashOf(elements: readonly Node[], machine: Machine, scope: Scope): Value {
  const entries: (readonly [Value, Value])[] = [];
  for (const element of elements) {
    if (element instanceof AssocNode) {
      entries.push([machine.evaluate(element.key, scope), machine.evaluate(element.value, scope)]);
      continue;
    }
    const inner = 'value' in element && element.value ? machine.evaluate(element.value as Node, scope) : unknown;
    if (inner.kind !== 'hash') return unknown;
    entries.push(...inner.entries);
  }
  return { kind: 'hash', entries };
}

function rangeOf(node: RangeNode, machine: Machine, scope: Scope): Value {
  const from = node.left ? machine.evaluate(node.left, scope) : unknown;
  const to = node.right ? machine.evaluate(node.right, scope) : unknown;
  if (from.kind !== 'number' || to.kind !== 'number') return unknown;
  return { kind: 'range', from: from.value, to: node.isExcludeEnd() ? to.value - 1 : to.value };
}
