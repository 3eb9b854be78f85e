import type { TypeName } from 'libpg-query';

import type { ColumnType } from '../../schema/operation.ts';
import type { Tree } from './context.ts';
import { listName, texts } from './names.ts';

/** The names that SQL and the manual use for types that PostgreSQL keeps under a shorter one (manual, table 8.1). */
const names: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bpchar: 'char',
  decimal: 'numeric',
  varbit: 'bit varying',
};

/** Types that are an integer with a sequence of its own. */
const serials: Readonly<Record<string, string>> = {
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
};

const withPrecision: ReadonlySet<string> = new Set(['time', 'timetz', 'timestamp', 'timestamptz', 'interval']);

/** Whether a column of this type numbers itself. */
export function isSerial(type: TypeName | undefined): boolean {
  const parts = texts(type?.names);
  return parts.length === 1 && serials[parts[0] ?? ''] !== undefined;
}

/** A type in SQL's words: `bigint`, `varchar(20)`, `numeric(12,2)`, `text[]`. */
export function columnType(type: TypeName | undefined): ColumnType | null {
  if (!type) return null;
  const name = typeName(type);
  const numbers = (type.typmods ?? []).map(integerOf);
  const array = (type.arrayBounds ?? []).length > 0;
  const plain: ColumnType = { name, limit: null, precision: null, scale: null, array };
  if (numbers.length === 0) return plain;
  if (name === 'numeric') return { ...plain, precision: numbers[0] ?? null, scale: numbers[1] ?? null };
  if (name === 'interval') return { ...plain, precision: numbers[1] ?? null };
  if (withPrecision.has(name)) return { ...plain, precision: numbers[0] ?? null };
  if (numbers.length === 1 && numbers[0] !== null) return { ...plain, limit: numbers[0] ?? null };
  return { ...plain, name: `${name}(${(type.typmods ?? []).map(modifier).join(',')})` };
}

function typeName(type: TypeName): string {
  const parts = texts(type.names);
  const bare = parts.at(-1) ?? '';
  if (parts.length === 1 && serials[bare]) return serials[bare] ?? bare;
  // `"char"` is a type of one byte, which the word `char` does not mean.
  if (bare === 'char') return '"char"';
  if (parts.length === 1 || parts[0] === 'pg_catalog') return names[bare] ?? bare;
  return listName(type.names);
}

function integerOf(node: Tree): number | null {
  return 'A_Const' in node && node.A_Const.ival ? (node.A_Const.ival.ival ?? 0) : null;
}

function modifier(node: Tree): string {
  if ('ColumnRef' in node) return texts(node.ColumnRef.fields).join('.');
  return 'A_Const' in node ? String(integerOf(node) ?? node.A_Const.sval?.sval ?? '') : '';
}
