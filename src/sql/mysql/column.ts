import type { Check, Column, ForeignKey } from '../../schema/operation.ts';
import { charsetAt, skipDisplay } from './column-attributes.ts';
import { accept, atEnd, type Cursor, groupAt, wordAt } from './cursor.ts';
import { leftOver } from './key-parts.ts';
import { checkAt, constraintAt, referencesAt } from './references.ts';
import { typeAt } from './types.ts';
import { defaultAt, skipOnUpdate } from './values.ts';

/** A column's definition, and what stands in it that is no property of the column. */
export interface ColumnRead {
  readonly column: Column;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly checks: readonly Check[];
  readonly references: Omit<ForeignKey, 'columns'> | null;
  /** The character set or collation that it is given, null where it keeps the table's. */
  readonly charset: string | null;
  /** What of the definition is not known, null where all of it is. */
  readonly unknown: string | null;
}

/** A definition while its attributes are read. */
interface Reading {
  nullable: boolean;
  default: string | null;
  generated: Column['generated'];
  primary: boolean;
  unique: boolean;
  checks: Check[];
  references: Omit<ForeignKey, 'columns'> | null;
  charset: string | null;
}

/** The definition that stands after a column's name, to the end of the clause. Null where no type stands there. */
export function columnAt(cursor: Cursor, name: string): ColumnRead | null {
  const start = typeAt(cursor);
  if (!start) return null;
  const read: Reading = {
    nullable: !start.serial,
    default: null,
    generated: start.serial ? 'identity' : null,
    primary: false,
    unique: start.serial,
    checks: [],
    references: null,
    charset: start.charset,
  };
  while (!atEnd(cursor) && attribute(cursor, read));
  const { primary, unique, checks, references, charset } = read;
  const nullable = read.nullable && !primary && read.generated !== 'identity';
  const column: Column = { name, type: start.type, nullable, default: read.default, generated: read.generated };
  return { column, primary, unique, checks, references, charset, unknown: leftOver(cursor) };
}

function attribute(cursor: Cursor, read: Reading): boolean {
  return (
    nullability(cursor, read) ||
    value(cursor, read) ||
    generation(cursor, read) ||
    key(cursor, read) ||
    constraint(cursor, read) ||
    charset(cursor, read) ||
    skipDisplay(cursor)
  );
}

function nullability(cursor: Cursor, read: Reading): boolean {
  if (accept(cursor, 'NOT', 'NULL')) read.nullable = false;
  else if (accept(cursor, 'NULL')) read.nullable = true;
  else return false;
  return true;
}

function value(cursor: Cursor, read: Reading): boolean {
  if (wordAt(cursor) === 'ON' && wordAt(cursor, 1) === 'UPDATE') skipOnUpdate(cursor);
  else if (accept(cursor, 'SERIAL', 'DEFAULT', 'VALUE')) {
    Object.assign(read, { nullable: false, generated: 'identity', unique: true });
  } else if (accept(cursor, 'DEFAULT')) read.default = defaultAt(cursor);
  else return false;
  return true;
}

function generation(cursor: Cursor, read: Reading): boolean {
  if (accept(cursor, 'AUTO_INCREMENT')) read.generated = 'identity';
  else if (accept(cursor, 'VIRTUAL')) read.generated = 'virtual';
  else if (accept(cursor, 'STORED') || accept(cursor, 'PERSISTENT')) read.generated = 'stored';
  else {
    const always = accept(cursor, 'GENERATED', 'ALWAYS');
    if (!accept(cursor, 'AS')) return always;
    if (!groupAt(cursor) && !accept(cursor, 'ROW', 'START')) accept(cursor, 'ROW', 'END');
    read.generated ??= 'virtual';
  }
  return true;
}

function key(cursor: Cursor, read: Reading): boolean {
  if (accept(cursor, 'UNIQUE')) {
    accept(cursor, 'KEY');
    read.unique = true;
    return true;
  }
  if (!accept(cursor, 'PRIMARY', 'KEY') && !accept(cursor, 'KEY')) return false;
  read.primary = true;
  return true;
}

function constraint(cursor: Cursor, read: Reading): boolean {
  const from = cursor.position;
  const { name } = constraintAt(cursor);
  if (accept(cursor, 'CHECK')) {
    const check = checkAt(cursor);
    if (check?.enforced) read.checks.push({ name, expression: check.expression });
    if (check) return true;
  }
  const target = referencesAt(cursor);
  if (target) read.references = { name, ...target };
  else cursor.position = from;
  return target !== null;
}

function charset(cursor: Cursor, read: Reading): boolean {
  const name = charsetAt(cursor);
  if (name !== null) read.charset = read.charset === null ? name : `${read.charset} ${name}`;
  return name !== null;
}
