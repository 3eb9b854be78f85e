import type { Node } from '@ruby/prism/src/nodes.js';

import type { RubyFile } from '../../../languages/ruby.ts';
import type { Location } from '../../../schema/location.ts';
import type { Database } from '../../../schema/migration.ts';
import type { Operation } from '../../../schema/operation.ts';
import type { SqlSession } from '../../../sql/read.ts';
import type { Inflector } from '../models/inflections.ts';
import { assign, type Scope, type Write } from './scope.ts';
import type { Script } from './script.ts';
import type { Call, Value } from './value.ts';

/** The state of one reading: what was recorded so far and how much work is left. Lives no longer than the reading. */
export interface Machine {
  readonly file: RubyFile;
  readonly database: Database;
  readonly inflector: Inflector;
  readonly script: Script;
  /** Works out an expression. What it does to the database is recorded on the way. */
  readonly evaluate: (node: Node, scope: Scope) => Value;
  /** The same for a statement, whose value is not used. */
  readonly perform: (node: Node, scope: Scope) => Value;
  readonly operations: Operation[];
  /** Tables that this migration created: nobody waits for a lock on them. */
  readonly created: Set<string>;
  /** Instance variables, and the place where constants are worked out. */
  readonly instance: Scope;
  /** The migration itself. */
  readonly self: Value;
  /** A connection: like the migration, without the helpers of its file. */
  readonly connection: Value;
  /** Calls that stand in a `revert` block; null outside of one. */
  reverted: Call[] | null;
  statement: number;
  /** The statement of a `change_table` with `bulk` that can take more; null outside of one. */
  bulk: { statement: number | null } | null;
  /** How many branches are open of which it is not known whether they run. */
  branches: number;
  readonly writes: Write[];
  /** What the SQL before tells of the SQL that follows. */
  readonly session: SqlSession;
  /** The transaction around the migration was ended by hand. */
  commits: boolean;
  /** Expressions that may still be worked out. */
  budget: number;
  /** The reading has given up; nothing is recorded any more. */
  ended: boolean;
  depth: number;
  methodDepth: number;
  /** Constants that are being worked out, against circles. */
  readonly openConstants: Set<string>;
}

type Distribute<Each> = Each extends Operation ? Omit<Each, 'at' | 'statement' | 'conditional'> : never;

/** An operation without where, when and whether. */
export type Effect = Distribute<Operation>;

export interface Step {
  readonly at: Location;
  readonly conditional: boolean;
}

export function record(machine: Machine, effect: Effect, step: Step & { readonly statement: number }): void {
  if (machine.ended) return;
  const { at, statement, conditional } = step;
  machine.operations.push({ ...effect, at, statement, conditional } as Operation);
}

/** Records an effect as a database statement of its own. */
export function recordStatement(machine: Machine, effect: Effect, step: Step): void {
  record(machine, effect, { at: step.at, conditional: step.conditional, statement: nextStatement(machine) });
}

/** The number of the next database statement. */
export function nextStatement(machine: Machine): number {
  if (machine.bulk) machine.bulk.statement = null;
  return machine.statement++;
}

/** The number of a statement that a `change_table` with `bulk` puts together with its neighbours. */
export function combinedStatement(machine: Machine): number {
  if (!machine.bulk) return nextStatement(machine);
  machine.bulk.statement ??= machine.statement++;
  return machine.bulk.statement;
}

export function setVariable(machine: Machine, scope: Scope, name: string, value: Value): void {
  const write = assign(scope, name, value);
  if (machine.branches > 0) machine.writes.push(write);
}

export function isConditional(machine: Machine, scope: Scope): boolean {
  return machine.branches > 0 || scope.flow.maybe !== 'none';
}

export interface Riddle {
  readonly table?: string | null;
  readonly reason: string;
  readonly hidesSchemaChange: boolean;
}

/** Records that something could not be read. On a table that the migration created it hides nothing that runs now. */
export function recordOpaque(machine: Machine, riddle: Riddle, step: Step): void {
  const table = riddle.table ?? null;
  const hidesSchemaChange = riddle.hidesSchemaChange && !(table !== null && machine.created.has(table));
  recordStatement(machine, { kind: 'opaque', table, reason: riddle.reason, hidesSchemaChange }, step);
}

/** Why a reading stops whose budget is spent. */
export const tooMuch = 'its loops do too much to follow';

/** Stops the reading: what follows in the file is not followed. */
export function giveUp(machine: Machine, reason: string, at: Location): void {
  if (machine.ended) return;
  recordOpaque(machine, { reason, hidesSchemaChange: true }, { at, conditional: false });
  machine.ended = true;
}
