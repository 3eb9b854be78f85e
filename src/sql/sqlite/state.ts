import type { Location } from '../../schema/location.ts';
import type { Operation } from '../../schema/operation.ts';
import { type Cursor, offsetOf } from '../mysql/cursor.ts';
import type { Change } from '../mysql/draft.ts';
import type { Place, SqlEffect } from '../statement.ts';
import type { History } from './history.ts';

/** Rows that a statement copies from one table into another: each pair is a column there and one here. */
export interface Copy {
  readonly statement: number;
  readonly from: string;
  readonly into: string;
  /** What fills a column of `into`: a column of `from`, or null where it is computed. */
  readonly columns: ReadonlyMap<string, string | null>;
}

/** One reading of a text. */
export interface Run {
  readonly place: Place;
  readonly history: History;
  readonly temporary: Set<string>;
  /** The last copy into each table. */
  readonly copies: Map<string, Copy>;
}

/** A statement that is being read. */
export interface Draft {
  readonly run: Run;
  readonly cursor: Cursor;
  readonly start: number;
  readonly at: Location;
  readonly statement: number;
  readonly operations: Operation[];
  effect: SqlEffect | null;
}

export function draftOf(run: Run, cursor: Cursor, statement: number): Draft {
  const start = offsetOf(cursor);
  return { run, cursor, start, at: run.place(start), statement, operations: [], effect: null };
}

export function say(
  { operations, run, start, statement }: Draft,
  change: Change,
  at = start,
  conditional = false,
): void {
  operations.push({ ...change, at: run.place(at), statement, conditional } as Operation);
}

export interface Opaque {
  readonly table?: string | null;
  readonly reason: string;
  readonly hides: boolean;
}

export function sayOpaque(draft: Draft, { table = null, reason, hides }: Opaque, at = draft.start): void {
  say(draft, { kind: 'opaque', table, reason, hidesSchemaChange: hides }, at);
}
