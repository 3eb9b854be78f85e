import { textOf } from './known.ts';
import { type Method, same } from './method.ts';
import { includes, keyOf } from './operators.ts';
import { boolean, type Call, list, nil, number, text, unknown, type Value } from './value.ts';

export const lists: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['first', (value, call) => at(value, 0, call)],
  ['last', (value, call) => at(value, -1, call)],
  ['size', (value) => (value.kind === 'list' ? number(value.items.length) : unknown)],
  ['length', (value) => (value.kind === 'list' ? number(value.items.length) : unknown)],
  ['empty?', (value) => (value.kind === 'list' ? boolean(value.items.length === 0) : unknown)],
  ['reverse', (value) => (value.kind === 'list' ? list([...value.items].reverse()) : unknown)],
  ['compact', (value) => (value.kind === 'list' ? list(value.items.filter(({ kind }) => kind !== 'nil')) : unknown)],
  ['flatten', (value) => flatten(value)],
  ['join', (value, call) => join(value, call)],
  ['zip', (value, call) => zip(value, call)],
  ['include?', (value, call) => includes(value, call.positional[0])],
  ['[]', (value, call) => index(value, call.positional[0])],
  ['uniq', (value) => unique(value)],
  ...['to_set', 'sort', 'each', 'lazy'].map((name): [string, Method] => [name, name === 'sort' ? sorted : same]),
]);

function unique(value: Value): Value {
  if (value.kind !== 'list') return unknown;
  const seen = new Map(value.items.map((item) => [keyOf(item), item]));
  return seen.has(null) ? unknown : list([...seen.values()]);
}

function sorted(value: Value): Value {
  if (value.kind !== 'list' || !value.items.every(({ kind }) => kind === 'text')) return unknown;
  return list([...value.items].sort((left, right) => ((textOf(left) ?? '') < (textOf(right) ?? '') ? -1 : 1)));
}

function at(value: Value, position: number, call: Call): Value {
  if (value.kind !== 'list' || call.positional.length > 0) return unknown;
  return value.items.at(position) ?? nil;
}

function index(value: Value, position: Value | undefined): Value {
  if (value.kind !== 'list' || position?.kind !== 'number') return unknown;
  return value.items.at(position.value) ?? nil;
}

function flatten(value: Value): Value {
  if (value.kind !== 'list') return unknown;
  return list(value.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])));
}

function join(value: Value, call: Call): Value {
  const between = call.positional[0] ? textOf(call.positional[0]) : '';
  if (value.kind !== 'list' || between === null) return unknown;
  const words = value.items.map(textOf);
  return words.every((word) => word !== null) ? text(words.join(between)) : unknown;
}

function zip(value: Value, call: Call): Value {
  const [other] = call.positional;
  if (value.kind !== 'list' || other?.kind !== 'list') return unknown;
  return list(value.items.map((item, position) => list([item, other.items[position] ?? nil])));
}

/** Longer ranges are not unrolled. */
const maxRange = 1_000;

export function rangeItems(range: { readonly from: number; readonly to: number }): Value {
  const { from, to } = range;
  if (!Number.isInteger(from) || to - from >= maxRange) return unknown;
  const length = Math.max(0, Math.floor(to - from) + 1);
  return list(Array.from({ length }, (_, position) => number(from + position)));
}
