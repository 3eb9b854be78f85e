import { stepOf } from './command.ts';
import { nameOf } from './known.ts';
import { type Machine, recordOpaque } from './machine.ts';
import type { Call, Value } from './value.ts';

/** Code runs here that is not followed, mostly of another file: it is said to be unread, at the place of the call. */
export function callElsewhere(machine: Machine, call: Call): void {
  if (handsOver(machine, call)) return;
  const hidesSchemaChange = runsMigration(call) || changesSomeTable(call);
  const why = runsMigration(call) ? 'stands in another migration' : 'is not followed here';
  recordOpaque(machine, { reason: `what ${calledName(machine, call)} does ${why}`, hidesSchemaChange }, stepOf(call));
}

/** True where the call gives the migration, its connection or a table block away; what gets it may do anything with it. */
export function handsOver(machine: Machine, call: Call): boolean {
  const given = [...call.positional, ...call.options.values()].find(({ kind }) => kind === 'receiver');
  if (given?.kind !== 'receiver') return false;
  given.unread(call, `what ${calledName(machine, call)} does with ${given.name} is not followed here`);
  return true;
}

export function givesDatabase(call: Call): boolean {
  const isReceiver = ({ kind }: Value) => kind === 'receiver';
  return call.positional.some(isReceiver) || [...call.options.values()].some(isReceiver);
}

const directions: ReadonlySet<string> = new Set(['up', 'down', 'change']);

/** `AddUsers.migrate(:up)`, `AddUsers.new.change`. */
export function runsMigration({ name, positional }: Call): boolean {
  if (name === 'migrate' || name === 'exec_migration' || name === 'load_schema') return true;
  return directions.has(name) && positional.length === 0;
}

const schemaWords =
  /^(add|remove|drop|create|rename|change|alter)_(\w+_)?(table|column|index|reference|foreign_key|constraint|trigger|partition|view)s?!?$/;

export function changesSchema({ name }: Call): boolean {
  return schemaWords.test(name);
}

/** A change of a schema whose table is computed. Without any argument it may as well build an index of a search engine. */
function changesSomeTable(call: Call): boolean {
  const [first] = call.positional;
  return changesSchema(call) && first !== undefined && nameOf(first) === null;
}

/** Longer receivers are named by what they begin with. */
const maxReceiver = 60;

/** `Backfill.new(…).run` as people would name it: the code up to the arguments, on one line. */
function calledName(machine: Machine, { name, node }: Call): string {
  if (!node.receiver || node.name !== name) return name;
  const receiver = machine.file.source(node.receiver).replace(/\s+/g, ' ');
  const short = receiver.length > maxReceiver ? `${receiver.slice(0, maxReceiver)}…` : receiver;
  return `${short}.${name}`;
}
