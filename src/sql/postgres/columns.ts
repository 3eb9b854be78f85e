import type { ColumnDef, Constraint } from 'libpg-query';

import type { Column } from '../../schema/operation.ts';
import type { Context, Tree } from './context.ts';
import { texts } from './names.ts';
import { afterWord, clauseEnd, type Source, slice } from './source.ts';
import { columnType, isSerial } from './types.ts';

/** A column with those of its constraints that are no part of it: keys, checks. */
export interface ReadColumn {
  readonly column: Column;
  readonly constraints: readonly Constraint[];
  /** Where its definition begins. */
  readonly offset: number;
}

/** Constraints that say what the column itself is like. */
const own: ReadonlySet<string> = new Set([
  'CONSTR_NULL',
  'CONSTR_NOTNULL',
  'CONSTR_DEFAULT',
  'CONSTR_IDENTITY',
  'CONSTR_GENERATED',
]);
const attributes = /^CONSTR_ATTR_/;

/** A column as CREATE TABLE and ADD COLUMN define it. Serial columns number themselves as identity columns do. */
export function readColumn(context: Context, definition: ColumnDef): ReadColumn {
  const { source } = context;
  const constraints = withAttributes(definition);
  const find = (type: string) => constraints.find(({ contype }) => contype === type);
  const start = find('CONSTR_DEFAULT');
  const counted = find('CONSTR_IDENTITY') !== undefined || isSerial(definition.typeName);
  const identity = counted || isNumbered(start?.raw_expr);
  const generated = find('CONSTR_GENERATED');
  const required = counted || find('CONSTR_NOTNULL') !== undefined || find('CONSTR_PRIMARY') !== undefined;
  return {
    column: {
      name: definition.colname ?? '',
      type: columnType(definition.typeName),
      nullable: !required,
      default: start && !identity ? defaultOf(source, definition, start) : null,
      generated: identity ? 'identity' : generated ? storage(generated.generated_kind) : null,
    },
    constraints: constraints.filter(({ contype = '' }) => !own.has(contype)),
    offset: source.offset(definition.location),
  };
}

/** Behind a constraint may stand what it is like (DEFERRABLE, NOT ENFORCED), which the parser gives as others. */
function withAttributes(definition: ColumnDef): readonly Constraint[] {
  const constraints: Constraint[] = [];
  for (const node of definition.constraints ?? []) {
    if (!('Constraint' in node)) continue;
    const last = constraints.at(-1);
    if (!attributes.test(node.Constraint.contype ?? '')) constraints.push(node.Constraint);
    else if (last && node.Constraint.contype === 'CONSTR_ATTR_NOT_ENFORCED') {
      constraints[constraints.length - 1] = { ...last, is_enforced: false };
    }
  }
  return constraints;
}

/** `s` in the catalog is stored; PostgreSQL 18 computes it on reading unless told to store it. */
export function storage(kind: string | undefined): 'stored' | 'virtual' {
  return kind === 's' ? 'stored' : 'virtual';
}

/** Whether a default takes the next number of a sequence, which is what a serial column is. */
export function isNumbered(node: Tree | undefined): boolean {
  return node !== undefined && 'FuncCall' in node && texts(node.FuncCall.funcname).at(-1) === 'nextval';
}

function defaultOf(source: Source, definition: ColumnDef, constraint: Constraint): string | null {
  const start = source.offset(constraint.location);
  const others = [
    ...(definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint.location] : [])),
    definition.collClause?.location,
  ];
  const next = others.flatMap((byte) => (byte === undefined ? [] : [source.offset(byte)])).filter((at) => at > start);
  const from = afterWord(source, start, 'default') ?? start;
  const text = defaultText(source, constraint.raw_expr, from, Math.min(clauseEnd(source, start), ...next));
  const truth = columnType(definition.typeName)?.name === 'boolean' ? truths[text ?? ''] : undefined;
  return truth ?? text;
}

/** What PostgreSQL itself writes as `true` and `false`. */
const truths: Readonly<Record<string, string>> = { t: 'true', f: 'false' };

/** A default as text: a literal without its quotes and casts, anything else as it is written. Null for NULL. */
export function defaultText(source: Source, node: Tree | undefined, start: number, end: number): string | null {
  const constant = constantOf(node);
  return constant === undefined ? slice(source, start, end) : constant;
}

/** The value of a literal, also below casts. Undefined where it is none. */
export function constantOf(node: Tree | undefined): string | null | undefined {
  let value = node;
  while (value && 'TypeCast' in value) value = value.TypeCast.arg;
  if (!value || !('A_Const' in value)) return undefined;
  const { isnull, ival, fval, boolval, sval, bsval } = value.A_Const;
  if (isnull) return null;
  if (ival) return String(ival.ival ?? 0);
  if (fval) return fval.fval ?? '0';
  if (boolval) return String(boolval.boolval ?? false);
  return sval ? (sval.sval ?? '') : (bsval?.bsval ?? '');
}
