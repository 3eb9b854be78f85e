import type { Check, ForeignKey } from '../../schema/operation.ts';
import { accept, type Cursor, offsetOf, wordAt } from './cursor.ts';
import { ifExists, indexNameAt, keyPartsAt, leftOver, skipIndexOptions, skipUsing, specialAt } from './key-parts.ts';
import { checkAt, constraintAt, referencesAt } from './references.ts';

/** A key or constraint as it stands in a table's parentheses or behind ADD, before the server has named it. */
export type KeyRead = {
  readonly at: number;
  readonly conditional: boolean;
  /** What of it is not known, null where all of it is. */
  readonly unknown: string | null;
} & (
  | { readonly kind: 'primary'; readonly columns: readonly string[] }
  | {
      readonly kind: 'index';
      readonly name: string | null;
      readonly columns: readonly string[];
      readonly unique: boolean;
    }
  | { readonly kind: 'foreign-key'; readonly foreignKey: ForeignKey }
  /** Null: it is not enforced, so it is none. */
  | { readonly kind: 'check'; readonly check: Check | null }
);

const starts: ReadonlySet<string> = new Set([
  'CONSTRAINT',
  'PRIMARY',
  'UNIQUE',
  'INDEX',
  'KEY',
  'FULLTEXT',
  'SPATIAL',
  'FOREIGN',
  'CHECK',
]);

/** Whether a key or constraint begins here; all of these words are reserved, so no column has such a name unquoted. */
export function startsKey(cursor: Cursor): boolean {
  if (wordAt(cursor) === 'VECTOR') return /^(?:INDEX|KEY)$/.test(wordAt(cursor, 1));
  return starts.has(wordAt(cursor));
}

/** A key or constraint, to the end of its clause. Null where it cannot be understood. */
export function keyAt(cursor: Cursor): KeyRead | null {
  const head: Head = { at: offsetOf(cursor), ...constraintAt(cursor) };
  if (accept(cursor, 'PRIMARY', 'KEY')) return primaryAt(cursor, head);
  if (accept(cursor, 'FOREIGN', 'KEY')) return foreignKeyAt(cursor, head);
  if (accept(cursor, 'CHECK')) return tableCheckAt(cursor, head);
  return indexAt(cursor, head);
}

/** What stands before the kind of key. */
interface Head {
  readonly at: number;
  readonly name: string | null;
  readonly conditional: boolean;
}

function primaryAt(cursor: Cursor, { at, conditional }: Head): KeyRead | null {
  const unlessThere = ifExists(cursor) || conditional;
  skipUsing(cursor);
  indexNameAt(cursor);
  skipUsing(cursor);
  const columns = keyPartsAt(cursor);
  skipIndexOptions(cursor);
  return columns && { kind: 'primary', columns, at, conditional: unlessThere, unknown: leftOver(cursor) };
}

function indexAt(cursor: Cursor, head: Head): KeyRead | null {
  const unique = accept(cursor, 'UNIQUE');
  const special = unique ? null : specialAt(cursor);
  if (!accept(cursor, 'INDEX') && !accept(cursor, 'KEY') && !unique && special === null) return null;
  const conditional = ifExists(cursor) || head.conditional;
  skipUsing(cursor);
  const name = indexNameAt(cursor) ?? head.name;
  skipUsing(cursor);
  const columns = keyPartsAt(cursor);
  skipIndexOptions(cursor);
  return columns && { kind: 'index', name, columns, unique, at: head.at, conditional, unknown: leftOver(cursor) };
}

function foreignKeyAt(cursor: Cursor, head: Head): KeyRead | null {
  const conditional = ifExists(cursor) || head.conditional;
  const index = indexNameAt(cursor);
  const columns = keyPartsAt(cursor);
  const target = columns && referencesAt(cursor);
  if (!target) return null;
  const foreignKey = { name: head.name ?? index, columns, ...target };
  return { kind: 'foreign-key', foreignKey, at: head.at, conditional, unknown: leftOver(cursor) };
}

/** A check that is not enforced is none. */
function tableCheckAt(cursor: Cursor, { at, name, conditional }: Head): KeyRead | null {
  const read = checkAt(cursor);
  const check = read?.enforced ? { name, expression: read.expression } : null;
  return read && { kind: 'check', check, at, conditional, unknown: leftOver(cursor) };
}
