import { equal, textOf } from './known.ts';
import { lists, rangeItems } from './list-methods.ts';
import type { Machine } from './machine.ts';
import { type Method, none, same } from './method.ts';
import { binary, negate } from './operators.ts';
import { texts } from './text-methods.ts';
import { boolean, type Call, list, nil, number, text, unknown, type Value } from './value.ts';

/** The plain Ruby that migrations use to put names together. A method that is not here gives an unknown value. */
export function plainCall(value: Value, call: Call, machine: Machine): Value {
  const method = methodsOf(value).get(call.name) ?? anything.get(call.name);
  if (method) return method(value, call, machine);
  const argument = call.positional[0];
  return argument && call.positional.length === 1 ? binary(value, call.name, argument) : unknown;
}

function methodsOf(value: Value): ReadonlyMap<string, Method> {
  switch (value.kind) {
    case 'text':
    case 'template':
      return texts;
    case 'list':
      return lists;
    case 'hash':
      return hashes;
    case 'number':
      return numbers;
    default:
      return none;
  }
}

const anything: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['to_s', (value) => asText(value, false)],
  ['to_sym', (value) => asText(value, true)],
  ['to_i', (value) => (value.kind === 'number' ? value : unknown)],
  ['to_a', (value) => (value.kind === 'range' ? rangeItems(value) : value.kind === 'nil' ? list([]) : value)],
  ['nil?', (value) => (value.kind === 'unknown' ? unknown : boolean(value.kind === 'nil'))],
  ['present?', (value) => filled(value, true)],
  ['blank?', (value) => filled(value, false)],
  ['!', (value) => negate(value)],
  ...['freeze', 'dup', 'clone', 'itself', 'presence', 'html_safe', 'to_str', 'deep_dup'].map(
    (name): [string, Method] => [name, same],
  ),
]);

const hashes: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['keys', (value) => (value.kind === 'hash' ? list(value.entries.map(([key]) => key)) : unknown)],
  ['values', (value) => (value.kind === 'hash' ? list(value.entries.map(([, each]) => each)) : unknown)],
  ['to_a', (value) => (value.kind === 'hash' ? list(value.entries.map((entry) => list(entry))) : unknown)],
  ['[]', (value, call) => fetch(value, call.positional[0])],
  ['fetch', (value, call) => fetch(value, call.positional[0])],
  ['dig', (value, call) => (call.positional.length === 1 ? fetch(value, call.positional[0]) : unknown)],
  ['empty?', (value) => (value.kind === 'hash' ? boolean(value.entries.length === 0) : unknown)],
  ['merge', (value, call) => merge(value, call)],
  ...['symbolize_keys', 'deep_symbolize_keys', 'with_indifferent_access'].map((name): [string, Method] => [name, same]),
]);

/** Active Support's sizes. */
const numbers: ReadonlyMap<string, Method> = new Map<string, Method>(
  ['byte', 'kilobyte', 'megabyte', 'gigabyte'].flatMap((unit, power) => {
    const size: Method = (value) => binary(value, '*', number(1024 ** power));
    return [[unit, size] as const, [`${unit}s`, size] as const];
  }),
);

function asText(value: Value, symbol: boolean): Value {
  const written = textOf(value);
  return written === null ? (value.kind === 'template' ? value : unknown) : text(written, symbol);
}

function filled(value: Value, wanted: boolean): Value {
  switch (value.kind) {
    case 'nil':
      return boolean(!wanted);
    case 'text':
      return boolean((value.text.trim() !== '') === wanted);
    case 'list':
      return boolean(value.items.length > 0 === wanted);
    default:
      return unknown;
  }
}

function fetch(value: Value, key: Value | undefined): Value {
  if (value.kind !== 'hash' || !key) return unknown;
  for (const [each, found] of [...value.entries].reverse()) {
    const answer = equal(each, key);
    if (answer !== false) return answer ? found : unknown;
  }
  return nil;
}

function merge(value: Value, call: Call): Value {
  const [other] = call.positional;
  if (value.kind !== 'hash' || call.computedOptions) return unknown;
  const options = [...call.options].map(([key, each]) => [text(key, true), each] as const);
  if (other && other.kind !== 'hash') return unknown;
  return { kind: 'hash', entries: [...value.entries, ...(other?.entries ?? []), ...options] };
}
