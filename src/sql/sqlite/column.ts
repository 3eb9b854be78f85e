import type { Check, Column, ColumnType, ForeignKey } from '../../schema/operation.ts';
import {
  accept,
  acceptOne,
  acceptSymbol,
  type Cursor,
  groupAt,
  nameAt,
  peek,
  piecesOf,
  restOf,
  textFrom,
  wordAt,
} from '../mysql/cursor.ts';
import { leftOver } from '../mysql/key-parts.ts';
import { checkAt, constraintAt, referencesAt } from '../mysql/references.ts';
import { plainText } from '../mysql/token.ts';

/** A column's definition, and what stands in it that is no property of the column. */
export interface ColumnRead {
  readonly column: Column;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly checks: readonly Check[];
  readonly references: Omit<ForeignKey, 'columns'> | null;
  readonly unknown: string | null;
}

interface Reading {
  nullable: boolean;
  default: string | null;
  generated: Column['generated'];
  primary: boolean;
  unique: boolean;
  checks: Check[];
  references: Omit<ForeignKey, 'columns'> | null;
}

const attributes = /^(?:CONSTRAINT|PRIMARY|NOT|NULL|UNIQUE|CHECK|DEFAULT|COLLATE|REFERENCES|GENERATED|AS)$/;

/** The definition behind a column's name. SQLite takes any words as a type, and none. */
export function columnAt(cursor: Cursor, name: string): ColumnRead {
  const type = typeAt(cursor);
  const read: Reading = {
    nullable: true,
    default: null,
    generated: null,
    primary: false,
    unique: false,
    checks: [],
    references: null,
  };
  for (let more = true; more; ) more = attribute(cursor, read);
  const { primary, unique, checks, references } = read;
  // INTEGER PRIMARY KEY is the row's number, which the database gives.
  const numbered = primary && type?.name === 'integer';
  const generated = numbered ? 'identity' : read.generated;
  const column: Column = { name, type, nullable: read.nullable && !numbered, default: read.default, generated };
  return { column, primary, unique, checks, references, unknown: leftOver(cursor) };
}

function typeAt(cursor: Cursor): ColumnType | null {
  const words: string[] = [];
  for (let token = peek(cursor); token && (token.kind === 'word' || token.kind === 'name'); token = peek(cursor)) {
    if (attributes.test(token.word)) break;
    words.push(plainText(token).toLowerCase());
    cursor.position++;
  }
  const group = words.length > 0 ? groupAt(cursor) : null;
  const [first = null, second = null] = group ? piecesOf(group).map((piece) => Number(restOf(piece))) : [];
  if (words.length === 0) return null;
  const scaled = second !== null;
  return {
    name: words.join(' '),
    limit: scaled ? null : first,
    precision: scaled ? first : null,
    scale: second,
    array: false,
  };
}

function attribute(cursor: Cursor, read: Reading): boolean {
  const from = cursor.position;
  const { name } = constraintAt(cursor);
  if (accept(cursor, 'PRIMARY', 'KEY')) {
    if (!accept(cursor, 'ASC')) accept(cursor, 'DESC');
    skipConflict(cursor);
    accept(cursor, 'AUTOINCREMENT');
    read.primary = true;
  } else if (accept(cursor, 'NOT', 'NULL')) read.nullable = false;
  else if (accept(cursor, 'UNIQUE')) read.unique = true;
  else if (accept(cursor, 'DEFAULT')) read.default = defaultAt(cursor);
  else if (accept(cursor, 'COLLATE')) nameAt(cursor);
  else if (accept(cursor, 'CHECK')) addCheck(cursor, read, name);
  else if (wordAt(cursor) === 'REFERENCES') addReference(cursor, read, name);
  else if (!generation(cursor, read)) accept(cursor, 'NULL');
  skipConflict(cursor);
  return cursor.position > from;
}

function addCheck(cursor: Cursor, read: Reading, name: string | null): void {
  const check = checkAt(cursor);
  if (check) read.checks.push({ name, expression: check.expression });
}

function addReference(cursor: Cursor, read: Reading, name: string | null): void {
  const target = referencesAt(cursor);
  if (target) read.references = { name, ...target };
  skipDeferrable(cursor);
}

function generation(cursor: Cursor, read: Reading): boolean {
  const always = accept(cursor, 'GENERATED', 'ALWAYS');
  if (!accept(cursor, 'AS')) return always;
  groupAt(cursor);
  read.generated = accept(cursor, 'STORED') ? 'stored' : 'virtual';
  accept(cursor, 'VIRTUAL');
  return true;
}

/** `ON CONFLICT REPLACE`. */
export function skipConflict(cursor: Cursor): void {
  if (accept(cursor, 'ON', 'CONFLICT')) cursor.position++;
}

/** `[NOT] DEFERRABLE [INITIALLY DEFERRED]`. */
export function skipDeferrable(cursor: Cursor): void {
  if (wordAt(cursor) === 'NOT' && wordAt(cursor, 1) === 'DEFERRABLE') cursor.position++;
  if (accept(cursor, 'DEFERRABLE') && accept(cursor, 'INITIALLY')) cursor.position++;
}

const literals: ReadonlySet<string> = new Set(['TRUE', 'FALSE']);

function defaultAt(cursor: Cursor): string | null {
  if (accept(cursor, 'NULL')) return null;
  const group = groupAt(cursor);
  if (group) return restOf(group);
  const truth = acceptOne(cursor, literals);
  if (truth !== null) return truth === 'TRUE' ? '1' : '0';
  const from = cursor.position;
  if (!acceptSymbol(cursor, '-')) acceptSymbol(cursor, '+');
  const token = peek(cursor);
  cursor.position++;
  if (token?.kind === 'string' || token?.kind === 'name') return plainText(token);
  return textFrom(cursor, from) || null;
}
