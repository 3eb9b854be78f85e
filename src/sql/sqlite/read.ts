import { emptySchema, type Schema } from '../../schema/schema.ts';
import { cursorOf } from '../mysql/cursor.ts';
import { splitMysql } from '../mysql/split.ts';
import type { Place, SqlStatement } from '../statement.ts';
import { historyOf } from './history.ts';
import { lexSqlite } from './lexer.ts';
import { followRebuild, newRebuilds, sayLost } from './rebuild.ts';
import { type Draft, draftOf, type Run } from './state.ts';
import { readStatement } from './statements.ts';

/**
 * Reads the SQL of an SQLite script: its statements in order. A table that is built anew under its name is the change
 * that it is, as far as `schema`, the one before the text, or the text itself knows what it was. What is not understood
 * is an `opaque` operation at its place. Takes linear time and never throws.
 */
export function readSqlite(text: string, place: Place, schema: Schema = emptySchema): readonly SqlStatement[] {
  const run: Run = { place, history: historyOf(schema), temporary: new Set(), copies: new Map() };
  const rebuilds = newRebuilds();
  const drafts: Draft[] = [];
  for (const { tokens, unclosed } of splitMysql(lexSqlite(text))) {
    const draft = draftOf(run, cursorOf(text, tokens), drafts.length);
    readStatement(draft, unclosed);
    drafts.push(draft);
    const said = [...draft.operations];
    followRebuild(rebuilds, draft, drafts);
    run.history.note(said);
  }
  sayLost(rebuilds);
  return drafts.map(({ at, operations, effect }) => ({ at, operations, effect }));
}
