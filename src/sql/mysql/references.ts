import type { ForeignKey } from '../../schema/operation.ts';
import { accept, type Cursor, groupAt, piecesOf, restOf, skip, tableAt, wordAt } from './cursor.ts';
import { keyPart } from './key-parts.ts';

type Target = Omit<ForeignKey, 'name' | 'columns'>;

/** In Active Record's words, as everywhere in a schema. NO ACTION is what the database does where nothing is said. */
const actions: readonly (readonly [string, string | null])[] = [
  ['CASCADE', 'cascade'],
  ['SET NULL', 'nullify'],
  ['SET DEFAULT', 'default'],
  ['RESTRICT', 'restrict'],
  ['NO ACTION', null],
];

/** `REFERENCES table (columns) MATCH … ON DELETE … ON UPDATE …`. Null where it is something else. */
export function referencesAt(cursor: Cursor): Target | null {
  if (!accept(cursor, 'REFERENCES')) return null;
  const toTable = tableAt(cursor);
  if (toTable === null) return null;
  const group = groupAt(cursor);
  const toColumns = group ? piecesOf(group).map(keyPart) : [];
  let onDelete: string | null = null;
  let onUpdate: string | null = null;
  for (;;) {
    if (accept(cursor, 'MATCH')) skip(cursor);
    else if (accept(cursor, 'ON', 'DELETE')) onDelete = actionAt(cursor);
    else if (accept(cursor, 'ON', 'UPDATE')) onUpdate = actionAt(cursor);
    else return { toTable, toColumns, onDelete, onUpdate };
  }
}

function actionAt(cursor: Cursor): string | null {
  for (const [words, action] of actions) if (accept(cursor, ...words.split(' '))) return action;
  return null;
}

/** `CHECK (expression) [[NOT] ENFORCED]`, after the word: the expression, null where none stands in parentheses. */
export function checkAt(cursor: Cursor): { readonly expression: string; readonly enforced: boolean } | null {
  const group = groupAt(cursor);
  if (!group) return null;
  const enforced = !accept(cursor, 'NOT', 'ENFORCED');
  if (enforced) accept(cursor, 'ENFORCED');
  return { expression: restOf(group), enforced };
}

/** `CONSTRAINT [IF NOT EXISTS] [name]`, before what is constrained. */
export function constraintAt(cursor: Cursor): { readonly name: string | null; readonly conditional: boolean } {
  if (!accept(cursor, 'CONSTRAINT')) return { name: null, conditional: false };
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS');
  return { name: kinds.has(wordAt(cursor)) ? null : tableAt(cursor), conditional };
}

const kinds: ReadonlySet<string> = new Set(['PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK', 'REFERENCES']);
