import {
  LocalVariableOperatorWriteNode,
  LocalVariableOrWriteNode,
  LocalVariableTargetNode,
  LocalVariableWriteNode,
  type Node,
} from '@ruby/prism/src/nodes.js';

import { walk } from '../../../languages/ruby.ts';
import type { Location } from '../../../schema/location.ts';
import { unsure } from './branches.ts';
import { rangeItems } from './list-methods.ts';
import { giveUp, type Machine, recordOpaque, setVariable, tooMuch } from './machine.ts';
import { lookup, type Scope } from './scope.ts';
import { list, number, unknown, type Value } from './value.ts';

interface Loop {
  readonly collection: Value;
  readonly at: Location;
  /** The code that is repeated, for the variables that it assigns. */
  readonly body: Node | null;
}

interface Place {
  readonly machine: Machine;
  readonly scope: Scope;
}

/** Runs a body for each item that is known, else once for an item that is not. Gives the values of the body. */
export function loopOver(loop: Loop, place: Place, run: (item: Value, index: Value) => Value): readonly Value[] | null {
  const items = itemsOf(loop.collection);
  if (items === null) {
    once(loop, place, run);
    return null;
  }
  const { machine } = place;
  const { flow } = place.scope;
  const values: Value[] = [];
  const before = flow.maybe;
  for (const [position, item] of items.entries()) {
    values.push(run(item, number(position)));
    machine.budget--;
    if (flow.jump === 'next') flow.jump = 'none';
    if (flow.maybe === 'next') flow.maybe = before;
    if (machine.budget < 0 && position + 1 < items.length) giveUp(machine, tooMuch, loop.at);
    if (flow.jump !== 'none' || machine.ended) break;
  }
  if (flow.jump === 'break') flow.jump = 'none';
  if (flow.maybe === 'break') flow.maybe = before;
  return values;
}

/** Null: it is not known over what the loop runs. */
export function itemsOf(collection: Value): readonly Value[] | null {
  switch (collection.kind) {
    case 'list':
      return collection.items;
    case 'hash':
      return collection.entries.map((entry) => list(entry));
    case 'range': {
      const items = rangeItems(collection);
      return items.kind === 'list' ? items.items : null;
    }
    case 'nil':
      return [];
    default:
      return null;
  }
}

/** Following every turn would take too long, or nobody knows how many there are: one turn shows what kind it is. */
function once({ collection, at, body }: Loop, { machine, scope }: Place, run: (item: Value, index: Value) => Value) {
  const { flow } = scope;
  const maybe = flow.maybe;
  const first = machine.operations.length;
  if (body) forgetWritesIn(body, machine, scope);
  unsure(machine, scope, () => run(unknown, unknown));
  if (flow.jump === 'next' || flow.jump === 'break') flow.jump = 'none';
  if (flow.maybe === 'next' || flow.maybe === 'break') flow.maybe = maybe;
  if (collection.kind !== 'range' || machine.operations.length === first) return;
  const onlyRows = machine.operations.slice(first).every(({ kind }) => kind === 'run-data-change');
  const reason = 'a loop runs more than 1,000 times, the most that is followed';
  recordOpaque(machine, { reason, hidesSchemaChange: !onlyRows }, { at, conditional: machine.branches > 0 });
}

/** What a repeated body assigns is not known even before its first line, since it may be the second turn. */
export function forgetWritesIn(body: Node, machine: Machine, scope: Scope): void {
  for (const node of walk(body)) {
    machine.budget--;
    const writes =
      node instanceof LocalVariableWriteNode ||
      node instanceof LocalVariableOperatorWriteNode ||
      node instanceof LocalVariableOrWriteNode ||
      node instanceof LocalVariableTargetNode;
    if (writes && lookup(scope, node.name) !== undefined) setVariable(machine, scope, node.name, unknown);
  }
}
