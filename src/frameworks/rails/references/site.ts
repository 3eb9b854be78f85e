import type { HashNode, Node } from '@ruby/prism/src/nodes.js';

import type { Certainty, Name, Reference } from '../../../deploy/deploy.ts';
import type { RubyFile } from '../../../languages/ruby.ts';
import type { Watch } from '../../framework.ts';
import type { ActiveRecordDefaults } from '../defaults.ts';
import type { Pair } from '../models/arguments.ts';
import type { Model, Models } from '../models/model.ts';

/** What is known of the app while its code is read for references. */
export interface ReferenceContext {
  readonly models: Models;
  /** The columns a table has before, between or after the migrations. Null: nothing tells of the table. */
  readonly columnsOf: (table: string) => ReadonlySet<string> | null;
  /** The columns that a process reads when it starts before all migrations. */
  readonly columnsAtStart: (table: string) => Iterable<string> | null;
  /** The constants that the app's files define by the autoloader's naming, as keys. */
  readonly constants: ReadonlySet<string>;
  /** Whether a reference is of use. Asked before it is made, so it must be fast. */
  readonly wants: (table: string, column: string | null, path: string, line: number) => boolean;
  readonly defaults: ActiveRecordDefaults;
  readonly watch: Watch;
}

/**
 * What an expression yields, as far as text can tell: one record, many (`relation`), the class itself, or the builder
 * of a form over a record. `other` is known to be none of these; null (unknown) is not a `Value`.
 */
export type Value =
  | {
      readonly kind: 'record' | 'relation' | 'class' | 'form';
      readonly models: readonly Model[];
      readonly certainty: Certainty;
      /** The relation has columns of its own (`select`, `joins`, `from`): an unknown name may be one of these. */
      readonly computed: boolean;
      /** Told by a name alone: it may as well be a hash or something foreign. */
      readonly byName?: true;
      /** The keys by which it was looked up: a process that never saw one of them has nil in its place. */
      readonly nilWithout?: readonly Name[];
    }
  | {
      readonly kind: 'other';
      /** A hash that stands in the code. */
      readonly hash?: HashNode;
    };

export type Known = Exclude<Value, { kind: 'other' }>;

/** Local variables in sight. A block sees those around it. */
export interface Locals {
  readonly values: Map<string, Value>;
  readonly outer: Locals | null;
}

/** Where the walk stands: what `self` is there, and which names mean what. */
export interface Site {
  /** Whom a call without receiver is sent to; null: neither a model nor its records. */
  readonly self: Value | null;
  /** The model that a serializer, policy or admin page is about: what `object` and `record` mean there. */
  readonly subject: Known | null;
  /** Methods that the class about it has itself, so that it does not ask the record. */
  readonly ownMethods: ReadonlySet<string>;
  readonly nesting: readonly string[];
  readonly locals: Locals;
  /** What `it` and `_1` mean. */
  readonly implicit: Value | null;
  /** Names that a condition around has asked for (`has_attribute?(:name)`): no need of the schema. */
  readonly guarded: ReadonlySet<string>;
  /** The method around, for `super`. */
  readonly method: string | null;
  /**
   * `body`: a class body, whose calls declare; `singleton-body`: inside `class << self`, whose methods are the class's
   * own; `class-method` and `instance`: inside a method or block that runs on the class or on a record.
   */
  readonly level: 'body' | 'singleton-body' | 'class-method' | 'instance' | 'none';
}

/** At the top of a file: nothing is known yet. */
export const top = (): Site => ({
  self: null,
  subject: null,
  ownMethods: new Set(),
  nesting: [],
  locals: { values: new Map(), outer: null },
  implicit: null,
  guarded: new Set(),
  method: null,
  level: 'none',
});

/** A place that needs something; `read` and `write` of the column at `range`. */
export interface Need {
  readonly table: string;
  readonly column: string | null;
  readonly access: Reference['access'];
  readonly certainty: Certainty;
  readonly because: string;
  readonly nilWithout?: Reference['nilWithout'] | undefined;
  readonly range: Node['location'];
  /** The name counts although no table has a column of that name: the call fails for certain. */
  readonly unknown?: true;
}

/** One file in the course of being read. */
export interface Run {
  readonly file: RubyFile;
  readonly context: ReferenceContext;
  readonly need: (need: Need) => void;
  /** Tables with a column of this name. */
  readonly tablesWith: (column: string) => readonly string[];
  /** Values by node: a chain is judged once, however often its parts are asked for. */
  readonly known: Map<Node, Value | null>;
  /** Calls of a chain that some later call turns into one statement with joins: `includes(:user).references(:user)`. */
  readonly joined: Set<Node>;
  /** What was put into hashes of the code after they were made. */
  readonly filled: Map<HashNode, readonly Pair[]>;
  /** The constants that the file defines itself, as keys. */
  readonly constants: ReadonlySet<string>;
  /** What the file assigns to each instance variable. */
  readonly assigned: ReadonlyMap<string, readonly Node[]>;
}

export const other: Value = { kind: 'other' };

export function isKnown(value: Value | null): value is Known {
  return value !== null && value.kind !== 'other';
}

export function lookUp(locals: Locals, name: string): Value | null {
  for (let scope: Locals | null = locals; scope; scope = scope.outer) {
    const found = scope.values.get(name);
    if (found) return found;
  }
  return null;
}

/** The lesser of two certainties. */
export function weaker(one: Certainty, two: Certainty): Certainty {
  const order: readonly Certainty[] = ['possible', 'likely', 'certain'];
  return order[Math.min(order.indexOf(one), order.indexOf(two))] ?? 'possible';
}
