import type { ParseResult } from 'libpg-query';

import type { Location } from '../../schema/location.ts';
import type { Operation } from '../../schema/operation.ts';
import type { Place } from '../statement.ts';
import type { Memory } from './memory.ts';
import type { Source } from './source.ts';

/** One node of a tree: an object with one key, the name of its type. */
export type Tree = NonNullable<NonNullable<ParseResult['stmts']>[number]['stmt']>;

/** The statement that is being read. */
export interface Context {
  readonly source: Source;
  /** Where it begins and ends, in UTF-16 units of the source. */
  readonly start: number;
  readonly end: number;
  /** Which statement of the whole text it is part of, counted from 0. */
  readonly statement: number;
  /** True where something around it decides whether it runs. */
  readonly conditional: boolean;
  /** True where it runs again and again, with a commit after each run. */
  readonly batched: boolean;
  readonly memory: Memory;
  readonly inner: Inner;
}

/** How to read what stands within a statement, as part of it. */
export interface Inner {
  /** SQL in a string or a body; `place` tells where its offsets are. */
  readonly text: (context: Context, sql: string, place: Place) => readonly Operation[];
  readonly node: (context: Context, node: Tree) => readonly Operation[];
}

interface Step {
  readonly at: Location;
  readonly statement: number;
  readonly conditional: boolean;
}

/** What every operation says of itself. `offset`: where its own clause begins, else where the statement does. */
export function step(context: Context, conditional: boolean | undefined = false, offset = context.start): Step {
  return {
    at: context.source.at(offset),
    statement: context.statement,
    conditional: context.conditional || conditional,
  };
}

/** An operation that nobody can read. `reason` completes "could not be read: …". */
export function opaque(
  context: Context,
  reason: string,
  hidesSchemaChange: boolean,
  table: string | null = null,
): Operation {
  return { kind: 'opaque', table, reason, hidesSchemaChange, ...step(context) };
}
