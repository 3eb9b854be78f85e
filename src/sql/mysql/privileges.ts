import { accept, atEnd, skip, tableAt, wordAt } from './cursor.ts';
import { type Draft, say } from './draft.ts';

/** `GRANT …` and `REVOKE …`, after the first word: `ON *.*` and `ON garden.*` name no table. */
export function changePrivileges(draft: Draft, verb: string): void {
  const { cursor } = draft;
  while (!atEnd(cursor) && wordAt(cursor) !== 'ON') skip(cursor);
  const routine = accept(cursor, 'ON') && /^(?:FUNCTION|PROCEDURE|PACKAGE)$/.test(wordAt(cursor));
  accept(cursor, 'TABLE');
  const table = routine || atEnd(cursor) ? null : tableAt(cursor);
  say(draft, { kind: 'change-privileges', table, revokes: verb === 'REVOKE' }, { at: draft.start });
}
