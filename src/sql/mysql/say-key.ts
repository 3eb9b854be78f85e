import type { ColumnRead } from './column.ts';
import { type Draft, quote, say, sayOpaque } from './draft.ts';
import type { KeyRead } from './keys.ts';
import { type Taken, takenOf } from './session.ts';

/** Records a key or constraint of a table, with the name that the server gives it where the text gives none. */
export function sayKey(draft: Draft, table: string, key: KeyRead): void {
  const { at, conditional } = key;
  const taken = takenOf(draft.run.session, table);
  if (key.kind === 'primary') {
    const { columns } = key;
    say(draft, { kind: 'add-primary-key', table, name: null, columns, usingIndex: null }, { at, conditional });
  }
  if (key.kind === 'index') {
    const { columns, unique } = key;
    const index = { name: key.name ?? freeName(taken, columns), columns, unique, where: null };
    if (index.name !== null) taken.indexes.add(index.name);
    say(draft, { kind: 'create-index', table, index, concurrently: false, algorithm: null }, { at, conditional });
  }
  if (key.kind === 'foreign-key') {
    const foreignKey = { ...key.foreignKey, name: key.foreignKey.name ?? numbered(table, taken) };
    const { checksOff } = draft.run.session;
    say(draft, { kind: 'add-foreign-key', table, foreignKey, validate: true, checksOff }, { at, conditional });
  }
  if (key.kind === 'check' && key.check) {
    say(draft, { kind: 'add-check', table, check: key.check, validate: true }, { at, conditional });
  }
  sayUnknown(draft, table, key);
}

export function sayUnknown(
  draft: Draft,
  table: string,
  { unknown, at }: { readonly unknown: string | null; readonly at: number },
): void {
  if (unknown === null) return;
  sayOpaque(draft, { table, reason: `${quote(unknown)} is not known here`, hides: false, at });
}

/** The keys and constraints that stand in a column's own definition, as if they stood beside it. */
export function inlineKeys(draft: Draft, read: ColumnRead, at: number): readonly KeyRead[] {
  const { name } = read.column;
  const common = { at, conditional: false, unknown: null };
  const keys: KeyRead[] = [];
  if (read.unique) keys.push({ ...common, kind: 'index', name: null, columns: [name], unique: true });
  for (const check of read.checks) keys.push({ ...common, kind: 'check', check });
  // MySQL 8 parses REFERENCES in a column's definition and ignores it; MariaDB makes a key of it (10.5 and later).
  if (read.references && draft.run.flavour === 'mariadb') {
    keys.push({ ...common, kind: 'foreign-key', foreignKey: { ...read.references, columns: [name] } });
  }
  return keys;
}

/** What a column's definition says that has no effect, or none that is known. */
export function sayIgnored(draft: Draft, table: string, { read, at }: { read: ColumnRead; at: number }): void {
  sayUnknown(draft, table, { unknown: read.unknown, at });
  if (!read.references || draft.run.flavour === 'mariadb') return;
  const reason = `MySQL 8 ignores REFERENCES in the definition of ${quote(read.column.name)}`;
  sayOpaque(draft, { reason, hides: false, at });
}

/** As many names as the server tries before it gives up. */
const lastSuffix = 99;

/** An index without a name is called like its first column, with `_2` and so on where that name is taken. */
function freeName({ indexes }: Taken, [first]: readonly string[]): string | null {
  if (first === undefined) return null;
  const base = /^[\w$\u0080-\uFFFF]+$/.test(first) ? first : 'functional_index';
  if (!indexes.has(base)) return base;
  for (let suffix = 2; suffix <= lastSuffix; suffix++) {
    if (!indexes.has(`${base}_${suffix}`)) return `${base}_${suffix}`;
  }
  return null;
}

/** Foreign keys of a table that this text creates are numbered from 1; of others nobody knows how many there are. */
function numbered(table: string, taken: Taken): string | null {
  if (taken.foreignKeys === null) return null;
  taken.foreignKeys++;
  return `${table}_ibfk_${taken.foreignKeys}`;
}
