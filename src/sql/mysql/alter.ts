import type { ObjectType } from '../../schema/operation.ts';
import { alterTable } from './alter-table.ts';
import { accept, atEnd, restOf, tableAt, wordAt } from './cursor.ts';
import { type Draft, say, sayOpaque } from './draft.ts';
import { dropIndex } from './index-statements.ts';
import { dropTables, dropViews, renameTables } from './table-statements.ts';

/** What no program that reads or writes rows can see. */
const quiet: ReadonlySet<string> = new Set(
  `USER ROLE SERVER INSTANCE LOGFILE TABLESPACE UNDO PREPARE RESOURCE SPATIAL DEFAULT`.split(/\s+/),
);

/** What a database holds beside tables and views. */
const objects: Readonly<Record<string, ObjectType>> = {
  PROCEDURE: 'procedure',
  FUNCTION: 'function',
  TRIGGER: 'trigger',
  SEQUENCE: 'sequence',
  PACKAGE: 'other',
  EVENT: 'other',
};

/** `ALTER …`, after ALTER. */
export function alter(draft: Draft): void {
  const { cursor } = draft;
  for (const word of ['ONLINE', 'OFFLINE', 'IGNORE']) accept(cursor, word);
  if (accept(cursor, 'TABLE')) return alterTable(draft);
  const from = cursor.position;
  while (!atEnd(cursor) && cursor.position < from + headLength) {
    if (accept(cursor, 'VIEW')) return alterView(draft);
    if (quiet.has(wordAt(cursor))) return;
    const object = objectAt(draft);
    if (object) return alterObject(draft, object);
    if (accept(cursor, 'DATABASE') || accept(cursor, 'SCHEMA')) return alterObject(draft, 'schema');
    cursor.position++;
  }
  sayOpaque(draft, { reason: 'this ALTER is not known', hides: true });
}

/** As far as DEFINER = … and SQL SECURITY … reach. */
const headLength = 16;

function alterView(draft: Draft): void {
  const table = tableAt(draft.cursor);
  if (table === null) return sayOpaque(draft, { reason: 'the name of the view is not written out', hides: true });
  say(draft, { kind: 'create-view', table, replaces: true }, { at: draft.start });
}

function objectAt({ cursor }: Draft): ObjectType | null {
  const word = wordAt(cursor);
  if (!Object.hasOwn(objects, word)) return null;
  cursor.position++;
  accept(cursor, 'BODY');
  return objects[word] ?? null;
}

/** A database of which nobody gives the name is the current one. */
function alterObject(draft: Draft, object: ObjectType): void {
  const { cursor } = draft;
  const conditional = accept(cursor, 'IF', 'EXISTS');
  const name = tableAt(cursor) ?? '';
  const change = restOf(cursor).slice(0, longestChange).replace(/\s+/g, ' ').trim();
  say(draft, { kind: 'alter-object', object, table: null, name, change }, { at: draft.start, conditional });
}

const longestChange = 200;

function dropObject(draft: Draft, object: ObjectType): void {
  const conditional = accept(draft.cursor, 'IF', 'EXISTS');
  const name = tableAt(draft.cursor) ?? '';
  say(draft, { kind: 'drop-object', object, table: null, name }, { at: draft.start, conditional });
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
  const object = objectAt(draft);
  if (object) return dropObject(draft, object);
  const whole = wordAt(cursor) === 'DATABASE' || wordAt(cursor) === 'SCHEMA';
  sayOpaque(draft, { reason: whole ? 'a whole database is dropped' : 'this DROP is not known', hides: true });
}

/** `RENAME …`, after RENAME. */
export function rename(draft: Draft): void {
  const { cursor } = draft;
  if (accept(cursor, 'TABLE') || accept(cursor, 'TABLES')) return renameTables(draft);
  if (wordAt(cursor) !== 'USER') sayOpaque(draft, { reason: 'this RENAME is not known', hides: true });
}
