import type { ColumnType } from '../../schema/operation.ts';
import { accept, acceptOne, acceptSymbol, atEnd, type Cursor, groupAt, peek, piecesOf, wordAt } from './cursor.ts';
import { plainText } from './token.ts';

export interface TypeRead {
  readonly type: ColumnType;
  /** `SERIAL` is short for `BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE`. */
  readonly serial: boolean;
  /** The character set or collation that stands with the type, null where it is the table's. */
  readonly charset: string | null;
}

/** Names of one type, to the one that the server shows. https://dev.mysql.com/doc/refman/8.4/en/other-vendor-data-types.html */
const synonyms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bool: 'tinyint',
    boolean: 'tinyint',
    int1: 'tinyint',
    int2: 'smallint',
    int3: 'mediumint',
    middleint: 'mediumint',
    int4: 'int',
    integer: 'int',
    int8: 'bigint',
    serial: 'bigint',
    dec: 'decimal',
    numeric: 'decimal',
    fixed: 'decimal',
    number: 'decimal',
    real: 'double',
    float8: 'double',
    float4: 'float',
    character: 'char',
    nchar: 'char',
    varcharacter: 'varchar',
    nvarchar: 'varchar',
    varchar2: 'varchar',
    long: 'mediumtext',
  }),
);

/** Other words are types of another database, or no types at all. */
const known: ReadonlySet<string> = new Set(
  `tinyint smallint mediumint int bigint decimal float double bit char varchar binary varbinary tinytext text mediumtext
  longtext tinyblob blob mediumblob longblob enum set json date time datetime timestamp year geometry point linestring
  polygon multipoint multilinestring multipolygon geometrycollection geomcollection uuid inet4 inet6 vector xmltype
  raw clob`.split(/\s+/),
);

const integers: ReadonlySet<string> = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint']);
const fractional: ReadonlySet<string> = new Set(['decimal', 'float', 'double']);
const timed: ReadonlySet<string> = new Set(['datetime', 'timestamp', 'time']);
const signs: ReadonlySet<string> = new Set(['UNSIGNED', 'SIGNED', 'ZEROFILL']);

/** A column's type with its length, values and sign. Null where no word stands that could be one. */
export function typeAt(cursor: Cursor): TypeRead | null {
  const first = peek(cursor);
  if (first?.kind !== 'word') return null;
  const written = first.word.toLowerCase();
  cursor.position++;
  const name = severalWords(cursor, written) ?? synonyms.get(written) ?? written;
  if (!known.has(name)) return null;
  if (name === 'enum' || name === 'set') return { type: valuesType(cursor, name), serial: false, charset: null };
  const numbers = numbersAt(cursor);
  const type = sized(name, /^bool/.test(written) ? [1] : numbers);
  const unsigned = signAt(cursor) || written === 'serial';
  const national = /^n(?:ational|char|varchar)/.test(written);
  return {
    type: unsigned ? { ...type, name: `${type.name} unsigned` } : type,
    serial: written === 'serial',
    charset: national ? 'utf8' : null,
  };
}

/** `DOUBLE PRECISION`, `CHARACTER VARYING`, `LONG VARCHAR`, `NATIONAL CHARACTER VARYING`. */
function severalWords(cursor: Cursor, first: string): string | null {
  if (first === 'double') accept(cursor, 'PRECISION');
  if (first === 'long') return longType(cursor);
  const base = first === 'national' ? wordAt(cursor).toLowerCase() : first;
  if (first === 'national') cursor.position++;
  const character = base === 'char' || base === 'character' || base === 'nchar';
  if (character && (accept(cursor, 'VARYING') || accept(cursor, 'VARCHAR'))) return 'varchar';
  if (character && accept(cursor, 'BYTE')) return 'binary';
  return first === 'national' ? (synonyms.get(base) ?? base) : null;
}

function longType(cursor: Cursor): string {
  if (accept(cursor, 'VARBINARY')) return 'mediumblob';
  if (!accept(cursor, 'VARCHAR') && accept(cursor, 'CHAR')) accept(cursor, 'VARYING');
  return 'mediumtext';
}

function numbersAt(cursor: Cursor): readonly number[] {
  const group = groupAt(cursor);
  return group
    ? piecesOf(group)
        .map((piece) => Number(peek(piece)?.text))
        .filter(Number.isFinite)
    : [];
}

function signAt(cursor: Cursor): boolean {
  let unsigned = false;
  for (let word = acceptOne(cursor, signs); word !== null; word = acceptOne(cursor, signs)) {
    if (word !== 'SIGNED') unsigned = true;
  }
  return unsigned;
}

/**
 * The display width of an integer is left out, because it changes nothing; of `tinyint(1)` it stays, because programs
 * read it as a boolean.
 */
function sized(name: string, numbers: readonly number[]): ColumnType {
  const [first, second] = [numbers[0] ?? null, numbers[1] ?? null];
  const plain: ColumnType = { name, limit: null, precision: null, scale: null, array: false };
  if (name === 'year') return plain;
  if (integers.has(name)) return name === 'tinyint' && first === 1 ? { ...plain, limit: 1 } : plain;
  if (name === 'decimal') return { ...plain, precision: first ?? 10, scale: second ?? 0 };
  if (name === 'float' && first !== null && second === null) return { ...plain, name: first > 24 ? 'double' : 'float' };
  if (fractional.has(name)) return { ...plain, precision: first, scale: second };
  if (timed.has(name)) return { ...plain, precision: first === 0 ? null : first };
  if ((name === 'char' || name === 'binary' || name === 'bit') && first === null) return { ...plain, limit: 1 };
  return { ...plain, limit: first };
}

/** `enum('a','b')`: the values are part of the name, so that two types can be compared. */
function valuesType(cursor: Cursor, name: string): ColumnType {
  const group = groupAt(cursor);
  const values: string[] = [];
  while (group && !atEnd(group)) {
    const token = peek(group);
    if (token?.kind === 'string') values.push(`'${plainText(token).replaceAll("'", "''")}'`);
    if (!acceptSymbol(group, ',')) group.position++;
  }
  return { name: `${name}(${values.join(',')})`, limit: null, precision: null, scale: null, array: false };
}
