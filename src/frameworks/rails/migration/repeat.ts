import { runBlock, runWrapped } from './blocks.ts';
import { truth } from './known.ts';
import { itemsOf, loopOver } from './loops.ts';
import type { Machine } from './machine.ts';
import { type Call, list, unknown, type Value } from './value.ts';

/** Sends a call to a value. */
export type Send = (receiver: Value, call: Call, machine: Machine) => Value;

interface Means {
  readonly machine: Machine;
  readonly send: Send;
}

/** Methods that hand over each item and then its position. */
const indexed: ReadonlySet<string> = new Set(['each_with_index', 'each_with_object', 'with_index', 'each_pair']);
const mapping: ReadonlySet<string> = new Set(['map', 'collect', 'flat_map', 'filter_map', 'to_h', 'index_with']);
const filtering: ReadonlySet<string> = new Set(['select', 'filter', 'reject']);
const once: ReadonlySet<string> = new Set(['tap', 'then', 'yield_self', 'call']);

/** A method with a block on plain data: a loop over what is known, else one turn that nobody knows. */
export function repeat(receiver: Value, call: Call, { machine, send }: Means): Value {
  const { block } = call;
  if (!block) return unknown;
  if (once.has(call.name)) return runWrapped(machine, block, [receiver]);
  const collection = collectionOf(receiver, call.name);
  const proc = block.kind === 'proc' ? block : null;
  const place = { machine, scope: proc?.scope ?? call.scope };
  const loop = { collection, at: call.at, body: proc?.body ?? null };
  const results = loopOver(loop, place, (item, index) => runItem({ call, block, item, index }, { machine, send }));
  if (!results) return unknown;
  if (mapping.has(call.name)) return mapped(call.name, results);
  return filtering.has(call.name) ? filtered(collection, results, call.name !== 'reject') : receiver;
}

function collectionOf(receiver: Value, method: string): Value {
  if (method === 'times' && receiver.kind === 'number') return { kind: 'range', from: 0, to: receiver.value - 1 };
  if (receiver.kind !== 'hash') return receiver.kind === 'nil' ? unknown : receiver;
  if (method === 'each_key') return list(receiver.entries.map(([key]) => key));
  return method === 'each_value' ? list(receiver.entries.map(([, value]) => value)) : receiver;
}

interface Turn {
  readonly call: Call;
  readonly block: Value;
  readonly item: Value;
  readonly index: Value;
}

function runItem({ call, block, item, index }: Turn, { machine, send }: Means): Value {
  if (block.kind === 'text') {
    return send(
      item,
      { ...call, name: block.text, positional: [], options: new Map(), block: null, statement: false },
      machine,
    );
  }
  if (call.name === 'each_slice' || call.name === 'each_cons' || call.name === 'inject' || call.name === 'reduce') {
    return runBlock(machine, block, [unknown, unknown]);
  }
  if (!indexed.has(call.name) || call.name === 'each_pair') return runBlock(machine, block, [item]);
  return runBlock(machine, block, [item, call.name === 'each_with_object' ? unknown : index]);
}

function mapped(method: string, results: readonly Value[]): Value {
  if (method === 'map' || method === 'collect') return list(results);
  if (method === 'flat_map') return list(results.flatMap((each) => (each.kind === 'list' ? each.items : [each])));
  return unknown;
}

function filtered(collection: Value, results: readonly Value[], wanted: boolean): Value {
  const items = itemsOf(collection) ?? [];
  const answers = results.map(truth);
  if (answers.includes(null)) return unknown;
  return list(items.filter((_, index) => answers[index] === wanted));
}
