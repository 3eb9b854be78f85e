import { accept, nameAt, restOf, tableAt, wordAt } from '../mysql/cursor.ts';
import { quote } from '../mysql/draft.ts';
import { columnAt } from './column.ts';
import { sayForeignKey } from './create-table.ts';
import { type Draft, say, sayOpaque } from './state.ts';

/** `ALTER TABLE`, after these words. https://www.sqlite.org/lang_altertable.html */
export function alterTable(draft: Draft): void {
  const { cursor, run } = draft;
  const table = tableAt(cursor);
  if (table === null) return sayOpaque(draft, { reason: 'the name of the table is not written out', hides: true });
  if (run.temporary.has(table)) return;
  const from = cursor.position;
  if (rename(draft, table) || add(draft, table) || drop(draft, table)) return;
  cursor.position = from;
  sayOpaque(draft, { table, reason: `the clause ${quote(restOf(cursor))} is not known`, hides: true });
}

function rename(draft: Draft, table: string): boolean {
  const { cursor } = draft;
  if (!accept(cursor, 'RENAME')) return false;
  if (accept(cursor, 'TO')) {
    const to = nameAt(cursor);
    if (to !== null) say(draft, { kind: 'rename-table', table, to });
    return to !== null;
  }
  accept(cursor, 'COLUMN');
  const column = nameAt(cursor);
  const to = accept(cursor, 'TO') ? nameAt(cursor) : null;
  if (column === null || to === null) return false;
  say(draft, { kind: 'rename-column', table, column, to });
  return true;
}

function add(draft: Draft, table: string): boolean {
  const { cursor, start: at } = draft;
  if (!accept(cursor, 'ADD')) return false;
  if (wordAt(cursor) === 'CONSTRAINT') return false;
  accept(cursor, 'COLUMN');
  const name = nameAt(cursor);
  if (name === null) return false;
  const { column, references, checks, unknown } = columnAt(cursor, name);
  say(draft, { kind: 'add-column', table, column });
  if (references) sayForeignKey(draft, table, { key: { ...references, columns: [name] }, at, conditional: false });
  for (const check of checks) say(draft, { kind: 'add-check', table, check, validate: true });
  if (unknown !== null) sayOpaque(draft, { table, reason: `${quote(unknown)} is not known here`, hides: false });
  return true;
}

function drop(draft: Draft, table: string): boolean {
  const { cursor } = draft;
  if (!accept(cursor, 'DROP')) return false;
  accept(cursor, 'COLUMN');
  const column = nameAt(cursor);
  if (column !== null) say(draft, { kind: 'drop-column', table, column });
  return column !== null;
}
