import type { Cursor } from './cursor.ts';
import { type Change, type Draft, say } from './draft.ts';

/** One clause of an ALTER TABLE. */
export interface Clause {
  readonly draft: Draft;
  readonly table: string;
  readonly cursor: Cursor;
  readonly at: number;
}

/** Reads one clause. False: it is not one of those that this function knows. */
export type ReadClause = (clause: Clause) => boolean;

/** Records a change of a clause's table. */
export function sayClause(clause: Clause, change: Change, conditional = false): true {
  say(clause.draft, change, { at: clause.at, conditional });
  return true;
}

const longestOptions = 200;

/** Records an option of the table in the words of the text, on one line. */
export function sayOptions({ draft, table, at }: Clause, options: string, conditional = false): true {
  const plain = options.slice(0, longestOptions).replace(/\s+/g, ' ').trim();
  say(draft, { kind: 'change-table-options', table, options: plain }, { at, conditional });
  return true;
}
