import { alterTable } from './alter-table.ts';
import { accept, atEnd, tableAt, wordAt } from './cursor.ts';
import { type Draft, quote, say, sayOpaque } from './draft.ts';
import { dropIndex } from './index-statements.ts';
import { routineKey } from './own-routines.ts';
import { dropTables, dropViews, renameTables } from './table-statements.ts';

/** What no program that reads or writes rows can see. */
const quiet: ReadonlySet<string> = new Set(
  `USER ROLE SERVER INSTANCE LOGFILE TABLESPACE UNDO EVENT PREPARE RESOURCE SPATIAL DEFAULT`.split(/\s+/),
);

/** Objects that are not followed, but that a program may use. */
const others: ReadonlySet<string> = new Set(['PROCEDURE', 'FUNCTION', 'TRIGGER', 'SEQUENCE', 'PACKAGE']);

/** `ALTER …`, after ALTER. */
export function alter(draft: Draft): void {
  const { cursor } = draft;
  for (const word of ['ONLINE', 'OFFLINE', 'IGNORE']) accept(cursor, word);
  if (accept(cursor, 'TABLE')) return alterTable(draft);
  const from = cursor.position;
  while (!atEnd(cursor) && cursor.position < from + headLength) {
    if (accept(cursor, 'VIEW')) return alterView(draft);
    if (quiet.has(wordAt(cursor))) return;
    if (others.has(wordAt(cursor))) return sayOther(draft, 'changed');
    if (accept(cursor, 'DATABASE') || accept(cursor, 'SCHEMA')) {
      return sayOpaque(draft, { reason: 'options of the whole database are not followed', hides: false });
    }
    cursor.position++;
  }
  sayOpaque(draft, { reason: 'this ALTER is not known', hides: true });
}

/** As far as DEFINER = … and SQL SECURITY … reach. */
const headLength = 16;

function alterView(draft: Draft): void {
  const table = tableAt(draft.cursor);
  if (table === null) return sayOpaque(draft, { reason: 'the name of the view is not written out', hides: true });
  say(draft, { kind: 'create-view', table }, { at: draft.start, conditional: true });
}

function sayOther(draft: Draft, what: string): void {
  const { cursor, run } = draft;
  const kind = wordAt(cursor).toLowerCase();
  cursor.position++;
  accept(cursor, 'BODY');
  accept(cursor, 'IF', 'EXISTS');
  const name = tableAt(cursor) ?? '';
  if (run.session.ownRoutines.has(routineKey(kind.toUpperCase(), name))) return;
  sayOpaque(draft, {
    reason: `the ${kind} ${quote(name)} is ${what}, and what hangs on it is not followed`,
    hides: false,
  });
}

/** `DROP …`, after DROP. */
export function drop(draft: Draft): void {
  const { cursor } = draft;
  accept(cursor, 'TEMPORARY');
  for (const word of ['ONLINE', 'OFFLINE']) accept(cursor, word);
  if (accept(cursor, 'TABLE') || accept(cursor, 'TABLES')) return dropTables(draft);
  if (accept(cursor, 'VIEW')) return dropViews(draft);
  if (accept(cursor, 'INDEX')) return dropIndex(draft);
  if (quiet.has(wordAt(cursor))) return;
  if (others.has(wordAt(cursor))) return sayOther(draft, 'dropped');
  const whole = wordAt(cursor) === 'DATABASE' || wordAt(cursor) === 'SCHEMA';
  sayOpaque(draft, { reason: whole ? 'a whole database is dropped' : 'this DROP is not known', hides: true });
}

/** `RENAME …`, after RENAME. */
export function rename(draft: Draft): void {
  const { cursor } = draft;
  if (accept(cursor, 'TABLE') || accept(cursor, 'TABLES')) return renameTables(draft);
  if (wordAt(cursor) !== 'USER') sayOpaque(draft, { reason: 'this RENAME is not known', hides: true });
}
