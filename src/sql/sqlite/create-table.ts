import type { Check, Column, ForeignKey } from '../../schema/operation.ts';
import {
  accept,
  atEnd,
  type Cursor,
  groupAt,
  nameAt,
  offsetOf,
  piecesOf,
  restOf,
  tableAt,
  wordAt,
} from '../mysql/cursor.ts';
import { quote } from '../mysql/draft.ts';
import { checkAt, constraintAt, referencesAt } from '../mysql/references.ts';
import { type ColumnRead, columnAt, skipConflict, skipDeferrable } from './column.ts';
import { keyPartsAt } from './key-parts.ts';
import { type Draft, say, sayOpaque } from './state.ts';

/** What stands in a table's parentheses. */
interface Body {
  readonly columns: Column[];
  readonly uniques: { readonly name: string | null; readonly columns: readonly string[]; readonly at: number }[];
  readonly foreignKeys: { readonly key: ForeignKey; readonly at: number }[];
  readonly checks: { readonly check: Check; readonly at: number }[];
  readonly unknown: { readonly text: string; readonly at: number }[];
  primaryKey: readonly string[];
}

/** `CREATE [TEMP] TABLE`, after these words. */
export function createTable(draft: Draft, temporary: boolean): void {
  const { cursor, run } = draft;
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const table = tableAt(cursor);
  if (table === null) return sayOpaque(draft, { reason: 'the name of the table is not written out', hides: true });
  if (temporary) {
    run.temporary.add(table);
    return;
  }
  const body: Body = { columns: [], uniques: [], foreignKeys: [], checks: [], unknown: [], primaryKey: [] };
  const group = groupAt(cursor);
  if (group) for (const piece of piecesOf(group)) readPiece(piece, body);
  sayTable(draft, table, { body, conditional, listed: group !== null });
}

interface Read {
  readonly body: Body;
  readonly conditional: boolean;
  /** False: a query tells its columns. */
  readonly listed: boolean;
}

function sayTable(draft: Draft, table: string, { body, conditional, listed }: Read): void {
  const { columns, primaryKey } = body;
  const created = { columns, primaryKey, replaces: false, ...(!listed && { open: true }) };
  say(draft, { kind: 'create-table', table, ...created }, draft.start, conditional);
  for (const { name, columns: names, at } of body.uniques) {
    say(draft, { kind: 'add-unique', table, name, columns: names, usingIndex: null }, at, conditional);
  }
  for (const { key, at } of body.foreignKeys) sayForeignKey(draft, table, { key, at, conditional });
  for (const { check, at } of body.checks)
    say(draft, { kind: 'add-check', table, check, validate: true }, at, conditional);
  for (const { text, at } of body.unknown) {
    sayOpaque(draft, { table, reason: `${quote(text)} is not known here`, hides: false }, at);
  }
}

interface KeyAt {
  readonly key: ForeignKey;
  readonly at: number;
  readonly conditional: boolean;
}

export function sayForeignKey(draft: Draft, table: string, { key, at, conditional }: KeyAt): void {
  say(draft, { kind: 'add-foreign-key', table, foreignKey: key, validate: true, checksOff: false }, at, conditional);
}

const constraints: ReadonlySet<string> = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);

function readPiece(piece: Cursor, body: Body): void {
  const at = offsetOf(piece);
  if (constraints.has(wordAt(piece))) return readConstraint(piece, body);
  const name = nameAt(piece);
  if (name === null) body.unknown.push({ text: restOf(piece), at });
  else addColumn(body, columnAt(piece, name), at);
}

function addColumn(body: Body, read: ColumnRead, at: number): void {
  const { name } = read.column;
  body.columns.push(read.column);
  if (read.primary) body.primaryKey = [name];
  if (read.unique) body.uniques.push({ name: null, columns: [name], at });
  if (read.references) body.foreignKeys.push({ key: { ...read.references, columns: [name] }, at });
  for (const check of read.checks) body.checks.push({ check, at });
  if (read.unknown !== null) body.unknown.push({ text: read.unknown, at });
}

function readConstraint(piece: Cursor, body: Body): void {
  const at = offsetOf(piece);
  const { name } = constraintAt(piece);
  if (accept(piece, 'PRIMARY', 'KEY')) body.primaryKey = keyPartsAt(piece) ?? [];
  else if (accept(piece, 'UNIQUE')) body.uniques.push({ name, columns: keyPartsAt(piece) ?? [], at });
  else if (accept(piece, 'CHECK')) {
    const check = checkAt(piece);
    if (check) body.checks.push({ check: { name, expression: check.expression }, at });
  } else if (accept(piece, 'FOREIGN', 'KEY')) {
    const columns = keyPartsAt(piece) ?? [];
    const target = referencesAt(piece);
    skipDeferrable(piece);
    if (target) body.foreignKeys.push({ key: { name, columns, ...target }, at });
  }
  skipConflict(piece);
  if (!atEnd(piece)) body.unknown.push({ text: restOf(piece), at });
}
