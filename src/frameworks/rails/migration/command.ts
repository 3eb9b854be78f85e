import { isTrue } from './column.ts';
import { nameOf, namesOf, textOf } from './known.ts';
import type { Machine, Step } from './machine.ts';
import type { Call } from './value.ts';

/** What an argument must be for the call to be understood. */
export type Need = 'table' | 'column' | 'columns' | 'type' | 'name' | 'value';

/** A schema statement of the migration DSL. */
export interface Command {
  /** The arguments without which it says nothing, in their order. */
  readonly needs: readonly Need[];
  /** Called only where all that it needs is known. */
  readonly run: (call: Call, machine: Machine) => void;
}

export function command(needs: readonly Need[], run: Command['run']): Command {
  return { needs, run };
}

/** The name at a position. Only for positions that the command needs. */
export function nameAt(call: Call, position: number): string {
  return nameOf(call.positional[position]) ?? '';
}

/** The names at a position, of one or of a list. Only for positions that the command needs. */
export function namesAt(call: Call, position: number): readonly string[] {
  return namesOf(call.positional[position]) ?? [];
}

/** The names from a position on, as `remove_columns :users, :a, :b` has them. Null where one is not known. */
export function namesFrom(call: Call, position: number): readonly string[] | null {
  const names = call.positional.slice(position).map(namesOf);
  return names.every((each) => each !== null) ? names.flat() : null;
}

/** The text of an option. Null where it is not given, `nil` or not known. */
export function textOption(call: Call, name: string): string | null {
  const value = call.options.get(name);
  return value === undefined || value.kind === 'nil' ? null : textOf(value);
}

/** Where and whether a call runs. `if_exists` and `if_not_exists` leave it to the database. */
export function stepOf(call: Call): Step {
  const asks = isTrue(call.options.get('if_exists')) || isTrue(call.options.get('if_not_exists'));
  return { at: call.at, conditional: call.conditional || asks };
}
