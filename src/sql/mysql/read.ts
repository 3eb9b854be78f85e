import type { Place, SqlStatement } from '../statement.ts';
import { cursorOf } from './cursor.ts';
import { draftOf, type Run } from './draft.ts';
import { lexMysql } from './lexer.ts';
import { newSession, type Session } from './session.ts';
import { splitMysql } from './split.ts';
import { readStatement } from './statements.ts';
import type { Flavour } from './token.ts';

/** Tokens of bodies and prepared texts that are read at most, however often they run. */
const budget = 200_000;

/**
 * Reads the SQL of a MySQL or MariaDB script: its statements in order, as operations on the schema and effects on the
 * session, which goes on from what `session` knows. What is not understood is an `opaque` operation at its place. Takes linear time and never throws.
 */
export function readMysql(
  text: string,
  place: Place,
  flavour: Flavour,
  session: Session = newSession(),
): readonly SqlStatement[] {
  const cuts = splitMysql(lexMysql(text, flavour));
  const statements: SqlStatement[] = [];
  const run: Run = {
    text,
    place,
    flavour,
    session,
    statements,
    conditional: false,
    budget: { left: budget },
    depth: 0,
    perform: (inner, tokens) => readStatement(draftOf(inner, cursorOf(inner.text, tokens)), false),
  };
  for (const { tokens, unclosed } of cuts) {
    readStatement(draftOf(run, cursorOf(text, tokens)), unclosed);
  }
  return statements;
}
