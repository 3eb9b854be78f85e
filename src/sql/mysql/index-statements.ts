import { accept, acceptSymbol, atEnd, type Cursor, nameAt, restOf, tableAt } from './cursor.ts';
import { type Draft, quote, say, sayOpaque } from './draft.ts';
import { keyPartsAt, skipIndexOptions, skipUsing } from './key-parts.ts';
import { patience } from './patience.ts';
import { takenOf } from './session.ts';

/** `CREATE … INDEX`, after these words. */
export function createIndex(draft: Draft, how: { readonly unique: boolean; readonly replaces: boolean }): void {
  const { cursor, run } = draft;
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS') || how.replaces;
  const name = nameAt(cursor);
  skipUsing(cursor);
  const table = accept(cursor, 'ON') ? tableAt(cursor) : null;
  if (table !== null && run.session.temporary.has(table)) return;
  const columns = table === null ? null : keyPartsAt(cursor);
  if (name === null || table === null || !columns) {
    return sayOpaque(draft, { table, reason: 'this CREATE INDEX is not in the form that is known', hides: true });
  }
  if (how.replaces)
    say(draft, { kind: 'drop-index', table, name, columns: [], concurrently: false }, conditionally(draft));
  takenOf(run.session, table).indexes.add(name);
  const index = { name, columns, unique: how.unique, where: null };
  const algorithm = mannerOf(draft);
  say(draft, { kind: 'create-index', table, index, concurrently: false, algorithm }, { at: draft.start, conditional });
  sayRest(draft, table);
}

function conditionally({ start }: Draft): { readonly at: number; readonly conditional: true } {
  return { at: start, conditional: true };
}

/** `DROP INDEX`, after these words. */
export function dropIndex(draft: Draft): void {
  const { cursor, run } = draft;
  const conditional = accept(cursor, 'IF', 'EXISTS');
  const name = nameAt(cursor);
  const table = accept(cursor, 'ON') ? tableAt(cursor) : null;
  if (table !== null && run.session.temporary.has(table)) return;
  if (name === null || table === null) {
    return sayOpaque(draft, { table, reason: 'this DROP INDEX names no table', hides: true });
  }
  const change =
    name.toUpperCase() === 'PRIMARY'
      ? ({ kind: 'drop-constraint', table, name: 'PRIMARY' } as const)
      : ({ kind: 'drop-index', table, name, columns: [], concurrently: false } as const);
  say(draft, change, { at: draft.start, conditional });
  mannerOf(draft);
  sayRest(draft, table);
}

/** The options behind the columns, of which only how the index is made is kept. */
function mannerOf(draft: Draft): string | null {
  const { cursor } = draft;
  let algorithm: string | null = null;
  for (let from = -1; from !== cursor.position; ) {
    from = cursor.position;
    patience(draft);
    skipIndexOptions(cursor);
    if (accept(cursor, 'ALGORITHM')) algorithm = wordOf(cursor);
    if (accept(cursor, 'LOCK')) wordOf(cursor);
  }
  return algorithm;
}

function wordOf(cursor: Cursor): string | null {
  acceptSymbol(cursor, '=');
  return nameAt(cursor)?.toLowerCase() ?? null;
}

function sayRest(draft: Draft, table: string): void {
  if (atEnd(draft.cursor)) return;
  sayOpaque(draft, { table, reason: `${quote(restOf(draft.cursor))} is not known here`, hides: false });
}
