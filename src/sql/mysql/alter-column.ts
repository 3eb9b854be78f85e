import { type Clause, sayClause, sayOptions } from './clause.ts';
import { type ColumnRead, columnAt } from './column.ts';
import { accept, nameAt, restOf, wordAt } from './cursor.ts';
import { leftOver } from './key-parts.ts';
import { inlineKeys, sayIgnored, sayKey } from './say-key.ts';
import { defaultAt } from './values.ts';

/** `MODIFY [COLUMN] name definition`. */
export function alterModify(clause: Clause): boolean {
  const { cursor } = clause;
  accept(cursor, 'MODIFY');
  accept(cursor, 'COLUMN');
  const conditional = accept(cursor, 'IF', 'EXISTS');
  const name = nameAt(cursor);
  return name !== null && redefine(clause, name, conditional);
}

/** `CHANGE [COLUMN] old new definition`. */
export function alterChange(clause: Clause): boolean {
  const { cursor, table } = clause;
  accept(cursor, 'CHANGE');
  accept(cursor, 'COLUMN');
  const conditional = accept(cursor, 'IF', 'EXISTS');
  const column = nameAt(cursor);
  const to = nameAt(cursor);
  if (column === null || to === null) return false;
  const before = clause.draft.operations.length;
  if (!redefine(clause, to, conditional)) return false;
  if (column === to) return true;
  // The definition is that of the new name, so the rename goes first.
  sayClause(clause, { kind: 'rename-column', table, column, to }, conditional);
  const { operations } = clause.draft;
  operations.splice(before, 0, ...operations.splice(-1));
  return true;
}

/** A definition replaces the whole one that was there: what it does not say is taken away. */
function redefine(clause: Clause, name: string, conditional: boolean): boolean {
  const { draft, table, cursor, at } = clause;
  const read = columnAt(cursor, name);
  if (!read?.column.type) return false;
  const { type, nullable, default: value, generated } = read.column;
  sayClause(clause, { kind: 'change-type', table, column: name, type }, conditional);
  sayClause(clause, { kind: nullable ? 'drop-not-null' : 'set-not-null', table, column: name }, conditional);
  if (value !== null) sayClause(clause, { kind: 'set-default', table, column: name, default: value }, conditional);
  else if (generated === null) sayClause(clause, { kind: 'drop-default', table, column: name }, conditional);
  sayCharset(clause, read, conditional);
  if (read.primary) sayKey(draft, table, { kind: 'primary', columns: [name], at, conditional, unknown: null });
  for (const key of inlineKeys(draft, read, at)) sayKey(draft, table, { ...key, conditional });
  sayIgnored(draft, table, { read, at });
  return true;
}

/** Another character set copies the table; there is no other kind of operation to say so with. */
function sayCharset(clause: Clause, { charset, column }: ColumnRead, conditional: boolean): void {
  if (charset === null) return;
  sayOptions(clause, `CHARACTER SET ${charset} of ${column.name}`, conditional);
}

/** `ALTER [COLUMN] name SET DEFAULT …`, `DROP DEFAULT`, `SET INVISIBLE`; `ALTER INDEX name INVISIBLE`. */
export function alterColumn(clause: Clause): boolean {
  const { cursor, table } = clause;
  accept(cursor, 'ALTER');
  if (/^(?:INDEX|KEY|CHECK|CONSTRAINT)$/.test(wordAt(cursor))) return alterOther(clause);
  accept(cursor, 'COLUMN');
  const conditional = accept(cursor, 'IF', 'EXISTS');
  const column = nameAt(cursor);
  if (column === null) return false;
  if (accept(cursor, 'DROP', 'DEFAULT')) return sayClause(clause, { kind: 'drop-default', table, column }, conditional);
  if (accept(cursor, 'SET', 'INVISIBLE') || accept(cursor, 'SET', 'VISIBLE')) {
    const options = `${column} ${cursor.tokens[cursor.position - 1]?.word}`;
    return sayOptions(clause, options, conditional);
  }
  if (!accept(cursor, 'SET', 'DEFAULT')) return false;
  const value = defaultAt(cursor);
  if (leftOver(cursor) !== null) return false;
  if (value === null) return sayClause(clause, { kind: 'drop-default', table, column }, conditional);
  return sayClause(clause, { kind: 'set-default', table, column, default: value }, conditional);
}

/** An index that the planner no longer sees still holds its rows unique; a constraint may be switched on or off. */
function alterOther(clause: Clause): boolean {
  const options = `ALTER ${restOf(clause.cursor)}`;
  return sayOptions(clause, options);
}
