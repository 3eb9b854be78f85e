import { type Draft, editable, put, remove, unseenTable } from './draft.ts';
import type { ForeignKey, Operation } from './operation.ts';

/** Renames a table, and where keys lead to it. */
export function renameTable(draft: Draft, from: string, to: string): void {
  const table = draft.tables.get(from) ?? unseenTable(draft, from);
  if (!table) return;
  remove(draft, from);
  put(draft, { ...table, name: to, foreignKeys: table.foreignKeys.map((key) => renumbered(key, from, to)) });
  redirect(draft, from, (key) => ({ ...key, toTable: to }));
}

/** The keys of other tables lead to the column under its new name. */
export function renameTarget(draft: Draft, { table, column, to }: Extract<Operation, { kind: 'rename-column' }>): void {
  redirect(draft, table, (key) =>
    key.toColumns.includes(column)
      ? { ...key, toColumns: key.toColumns.map((name) => (name === column ? to : name)) }
      : key,
  );
}

function redirect(draft: Draft, target: string, edit: (key: ForeignKey) => ForeignKey): void {
  for (const name of [...draft.places.ofKeysTo(draft.tables, target)]) {
    if (!draft.tables.get(name)?.foreignKeys.some((key) => key.toTable === target)) continue;
    const table = editable(draft, name);
    if (!table) continue;
    table.foreignKeys = table.foreignKeys.map((key) => (key.toTable === target ? edit(key) : key));
    draft.places.noteTable(table);
  }
}

/** InnoDB calls a foreign key without a name `table_ibfk_1`, and renames it with its table. */
function renumbered(key: ForeignKey, from: string, to: string): ForeignKey {
  const number = key.name?.startsWith(`${from}_ibfk_`) ? key.name.slice(from.length) : null;
  return number === null ? key : { ...key, name: `${to}${number}` };
}
