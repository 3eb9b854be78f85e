import type { CallNode, Node } from '@ruby/prism/src/nodes.js';

import type { Location } from '../../../schema/location.ts';
import type { Place } from '../../../sql/statement.ts';
import type { Scope } from './scope.ts';

/** What an expression of a migration is known to be without running it. */
export type Value =
  | Text
  /** A text with parts that are not known; they stand as `hole`. */
  | { readonly kind: 'template'; readonly text: string; readonly at?: Place }
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'nil' }
  /** A regular expression that only looks for one of some words; no other is ever run. */
  | { readonly kind: 'pattern'; readonly words: readonly string[]; readonly ignoreCase: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | Hash
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | Proc
  /** `method(:name)`, with the call that made it: the method runs on what that was sent to. */
  | { readonly kind: 'method'; readonly name: string; readonly origin: Call; readonly send: (call: Call) => Value }
  | { readonly kind: 'constant'; readonly name: string }
  | Rows
  | Row
  /** Something that takes calls of its own: the migration, a connection, the `t` of a table block. */
  | Receiver
  | { readonly kind: 'unknown' };

export interface Receiver {
  readonly kind: 'receiver';
  readonly name: string;
  readonly send: (call: Call) => Value;
  /** Records that a call got it whose code stands elsewhere. */
  readonly unread: (call: Call, reason: string) => void;
}

export interface Text {
  readonly kind: 'text';
  readonly text: string;
  readonly symbol: boolean;
  /** Where its parts stand. Absent where it does not stand in the file as it is. */
  readonly at?: Place;
}

export interface Hash {
  readonly kind: 'hash';
  readonly entries: readonly (readonly [Value, Value])[];
}

/** A block or lambda with the variables around it. */
export interface Proc {
  readonly kind: 'proc';
  readonly parameters: Node | null;
  readonly body: Node | null;
  readonly scope: Scope;
}

/** Rows of a table, as a model class or a relation gives them. */
export interface Rows {
  readonly kind: 'rows';
  readonly table: string | null;
  readonly batched: boolean;
  /** Whether a loop over them gives batches of rows. */
  readonly inBatches: boolean;
}

/** One row, with the columns that were assigned and not saved yet. */
export interface Row {
  readonly kind: 'row';
  readonly table: string | null;
  readonly batched: boolean;
  readonly fresh: boolean;
  readonly assigned: Set<string>;
}

/** A call with its arguments worked out. */
export interface Call {
  readonly name: string;
  readonly node: CallNode;
  readonly at: Location;
  readonly scope: Scope;
  readonly positional: readonly Value[];
  readonly options: ReadonlyMap<string, Value>;
  /** The options hold a `**something` that is not known. */
  readonly computedOptions: boolean;
  readonly block: Value | null;
  /** Whether its value is not used. */
  readonly statement: boolean;
  /** A condition that is not known decides whether it runs. */
  readonly conditional: boolean;
}

/** Stands in a template for a part that is not known. */
export const hole = '\uFFFC';

export const unknown: Value = { kind: 'unknown' };
export const nil: Value = { kind: 'nil' };

/** Longer than any text that matters; one that grows beyond it is no longer followed. */
const maxText = 200_000;

export function text(value: string, symbol = false, at?: Place): Value {
  return value.length > maxText ? unknown : { kind: 'text', text: value, symbol, ...(at && { at }) };
}

export function boolean(value: boolean): Value {
  return { kind: 'boolean', value };
}

export function number(value: number): Value {
  return { kind: 'number', text: String(value), value };
}

/** More items than any literal list of a migration. */
const maxItems = 1_000;

export function list(items: readonly Value[]): Value {
  return items.length > maxItems ? unknown : { kind: 'list', items };
}
