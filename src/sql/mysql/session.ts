import type { BodyStatement } from './body.ts';

/** SQL that a user variable or a prepared statement may hold. */
export interface Sql {
  readonly value: string;
  /** The offset at which it, or its first part, stands in the text. */
  readonly at: number;
  /** False: more follows that is computed. */
  readonly whole: boolean;
}

/** Everything that may be held, several where a condition decides. Null: nobody can tell from the text. */
export type Texts = readonly Sql[] | null;

/** Names that a table made in this text has given out, so that the next one that the server chooses is known. */
export interface Taken {
  readonly indexes: Set<string>;
  /** How many foreign keys got a number; null where the text did not create the table. */
  foreignKeys: number | null;
}

/** What one connection would know by now of the statements before. Lives no longer than the reading of one text. */
export interface Session {
  checksOff: boolean;
  /** Values of `foreign_key_checks` that were kept in user variables: true is off. */
  readonly keptChecks: Map<string, boolean>;
  /** What was set last, for what is set for one statement only. */
  readonly settings: Map<string, string | null>;
  readonly temporary: Set<string>;
  readonly taken: Map<string, Taken>;
  /** Bodies of procedures that this text creates. */
  readonly procedures: Map<string, readonly BodyStatement[]>;
  readonly variables: Map<string, Texts>;
  readonly prepared: Map<string, Texts>;
}

export function newSession(): Session {
  return {
    checksOff: false,
    keptChecks: new Map(),
    settings: new Map(),
    temporary: new Set(),
    taken: new Map(),
    procedures: new Map(),
    variables: new Map(),
    prepared: new Map(),
  };
}

/** The names go with a table that is renamed. */
export function renameTaken(session: Session, from: string, to: string): void {
  const known = session.taken.get(from);
  session.taken.delete(from);
  if (known) session.taken.set(to, known);
}

export function takenOf(session: Session, table: string): Taken {
  const known = session.taken.get(table) ?? { indexes: new Set(), foreignKeys: null };
  session.taken.set(table, known);
  return known;
}
