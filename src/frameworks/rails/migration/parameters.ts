import {
  BlockParametersNode,
  ItParametersNode,
  KeywordRestParameterNode,
  MultiTargetNode,
  type Node,
  NumberedParametersNode,
  OptionalKeywordParameterNode,
  OptionalParameterNode,
  type ParametersNode,
  RestParameterNode,
} from '@ruby/prism/src/nodes.js';

import type { Machine } from './machine.ts';
import type { Flow, Scope } from './scope.ts';
import { list, nil, text, unknown, type Value } from './value.ts';
import { itName } from './variables.ts';

interface Binding {
  readonly parameters: Node | null;
  readonly values: readonly Value[];
}

export function bindBlock(machine: Machine, scope: Scope, { parameters, values }: Binding): void {
  if (parameters instanceof NumberedParametersNode) {
    const spread = parameters.maximum > 1 ? spreadOne(values) : values;
    for (let index = 0; index < parameters.maximum; index++) scope.values.set(`_${index + 1}`, spread[index] ?? nil);
  } else if (parameters instanceof ItParametersNode) {
    scope.values.set(itName, values[0] ?? nil);
  } else if (parameters instanceof BlockParametersNode && parameters.parameters) {
    const given = parameters.parameters;
    const several = given.requireds.length + given.optionals.length + given.posts.length > 1 || given.rest !== null;
    bind(machine, scope, { parameters: given, values: several ? spreadOne(values) : values });
  }
}

/** A block with several parameters takes a single list apart. */
function spreadOne(values: readonly Value[]): readonly Value[] {
  const [only] = values;
  return values.length === 1 && only?.kind === 'list' ? only.items : values;
}

/** A parameter that is given too little is not known, so that a mistake here never invents a name. */
function bind(machine: Machine, scope: Scope, given: { parameters: ParametersNode; values: readonly Value[] }): void {
  const { parameters, values } = given;
  parameters.requireds.forEach((node, index) => {
    target(scope, node, values[index] ?? unknown);
  });
  let next = parameters.requireds.length;
  for (const optional of parameters.optionals) {
    if (!(optional instanceof OptionalParameterNode)) continue;
    scope.values.set(optional.name, values[next] ?? machine.evaluate(optional.value, scope));
    next++;
  }
  if (parameters.rest instanceof RestParameterNode && parameters.rest.name) {
    scope.values.set(parameters.rest.name, list(values.slice(next, values.length - parameters.posts.length)));
  }
  parameters.posts.forEach((node, index) => {
    target(scope, node, values[values.length - parameters.posts.length + index] ?? unknown);
  });
}

function target(scope: Scope, node: Node, value: Value): void {
  if (node instanceof MultiTargetNode) {
    const items = value.kind === 'list' ? value.items : [];
    node.lefts.forEach((each, index) => {
      target(scope, each, items[index] ?? unknown);
    });
  } else if ('name' in node && typeof node.name === 'string') scope.values.set(node.name, value);
}

export interface Arguments {
  readonly values: readonly Value[];
  readonly options: ReadonlyMap<string, Value>;
  readonly block: Value | null;
  /** Whether it is not known if the call runs. */
  readonly conditional: boolean;
  /** Where the caller stands: a `raise` ends it too. */
  readonly caller: Flow;
}

export function bindMethod(
  machine: Machine,
  scope: Scope,
  { method, given }: { method: ParametersNode; given: Arguments },
): void {
  const takesOptions = method.keywords.length > 0 || method.keywordRest !== null;
  const loose = !takesOptions && given.options.size > 0 ? [hash(given.options)] : [];
  bind(machine, scope, { parameters: method, values: [...given.values, ...loose] });
  const taken = new Set<string>();
  for (const keyword of method.keywords) {
    if (!('name' in keyword) || typeof keyword.name !== 'string') continue;
    taken.add(keyword.name);
    const value = given.options.get(keyword.name);
    const byDefault = keyword instanceof OptionalKeywordParameterNode ? keyword.value : null;
    scope.values.set(keyword.name, value ?? (byDefault ? machine.evaluate(byDefault, scope) : unknown));
  }
  if (method.keywordRest instanceof KeywordRestParameterNode && method.keywordRest.name) {
    const rest = [...given.options].filter(([name]) => !taken.has(name));
    scope.values.set(method.keywordRest.name, hash(new Map(rest)));
  }
  if (method.block?.name) scope.values.set(method.block.name, given.block ?? nil);
}

function hash(options: ReadonlyMap<string, Value>): Value {
  return { kind: 'hash', entries: [...options].map(([name, value]) => [text(name, true), value] as const) };
}
