import type { Constraint } from 'libpg-query';

import type { ForeignKey, Operation } from '../../schema/operation.ts';
import { type Context, step } from './context.ts';
import { indexElements, indexNamePart, joined } from './index-names.ts';
import { chosenName, remember } from './memory.ts';
import { relationName, texts } from './names.ts';
import { bracketed, slice } from './source.ts';

/** A constraint and what it is on. */
export interface Constrained {
  readonly table: string;
  /** The column that it stands behind, null where it names its own. */
  readonly column: string | null;
  readonly constraint: Constraint;
  readonly conditional: boolean;
  readonly offset: number;
}

/** What a constraint adds to a table. Empty for what is part of a column. */
export function addedConstraint(context: Context, constrained: Constrained): readonly Operation[] {
  const { table, constraint, conditional, offset } = constrained;
  const at = step(context, conditional, offset);
  if (isUnenforced(constraint)) {
    return [{ kind: 'change-table-options', table, options: 'ADD CONSTRAINT NOT ENFORCED', ...at }];
  }
  const validate = constraint.skip_validation !== true;
  switch (constraint.contype) {
    case 'CONSTR_PRIMARY':
      return [{ kind: 'add-primary-key', table, ...keyOf(context, constrained, 'pkey'), ...at }];
    case 'CONSTR_UNIQUE':
      return [{ kind: 'add-unique', table, ...keyOf(context, constrained, 'key'), ...at }];
    case 'CONSTR_CHECK':
      return [{ kind: 'add-check', table, check: checkOf(context, constrained), validate, ...at }];
    case 'CONSTR_FOREIGN':
      return [
        {
          kind: 'add-foreign-key',
          table,
          foreignKey: foreignKeyOf(context, constrained),
          validate,
          checksOff: false,
          ...at,
        },
      ];
    case 'CONSTR_EXCLUSION': {
      const name = nameOf(context, constrained, excludedPart(constraint), 'excl');
      return [{ kind: 'add-exclusion', table, name, expression: inBrackets(context, offset), ...at }];
    }
    case 'CONSTR_NOTNULL':
      return notNull(context, constrained, validate);
    default:
      return [];
  }
}

/** Each element of an exclusion is a pair: what is compared, and by which operator. */
function excludedPart({ exclusions }: Constraint): string {
  const pairs = (exclusions ?? []).flatMap((node) => ('List' in node ? (node.List.items ?? []) : []));
  return indexNamePart(indexElements(pairs));
}

/** PostgreSQL 18 accepts constraints that it never looks at. */
function isUnenforced({ contype, is_enforced }: Constraint): boolean {
  return (contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN') && is_enforced !== true;
}

/** `NOT NULL c NOT VALID` (PostgreSQL 18) holds for new rows alone, as a check does that was not validated. */
function notNull(context: Context, constrained: Constrained, validate: boolean): readonly Operation[] {
  const { table, constraint, conditional, offset } = constrained;
  const column = texts(constraint.keys)[0] ?? constrained.column ?? '';
  const at = step(context, conditional, offset);
  if (validate) return [{ kind: 'set-not-null', table, column, ...at }];
  const name = nameOf(context, constrained, column, 'not_null');
  return [{ kind: 'add-check', table, check: { name, expression: `${column} IS NOT NULL` }, validate: false, ...at }];
}

function nameOf(context: Context, { table, constraint }: Constrained, columns: string | null, label: string): string {
  const given = constraint.conname ?? constraint.indexname;
  if (given === undefined) return chosenName(context.memory, table, columns, label);
  remember(context.memory, given, table);
  return given;
}

function keyOf(context: Context, constrained: Constrained, label: 'pkey' | 'key') {
  const { constraint, column } = constrained;
  const named = texts(constraint.keys);
  const columns = named.length > 0 || column === null ? named : [column];
  const all = [...columns, ...texts(constraint.including)];
  const name = nameOf(context, constrained, label === 'pkey' ? null : joined(all), label);
  return { name, columns, usingIndex: constraint.indexname ?? null };
}

/** The name of an unnamed check has a column in it where it is about one column: the database looks into its expression. */
function checkOf(context: Context, constrained: Constrained) {
  const { column, constraint, offset } = constrained;
  const names = new Set(column === null ? columnsIn(constraint.raw_expr) : [column]);
  const about = names.size === 1 ? ([...names][0] ?? null) : null;
  return { name: nameOf(context, constrained, about, 'check'), expression: inBrackets(context, offset) };
}

function columnsIn(expression: unknown): readonly string[] {
  const found: string[] = [];
  const rest: unknown[] = [expression];
  for (let node = rest.pop(); rest.length > 0 || node !== undefined; node = rest.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'ColumnRef') found.push(texts((value as { fields?: [] }).fields).at(-1) ?? '');
      else if (typeof value === 'object') rest.push(value);
    }
  }
  return found;
}

function inBrackets(context: Context, offset: number): string {
  const inside = bracketed(context.source, offset);
  return inside ? slice(context.source, inside.start, inside.end) : '';
}

/** The words of Active Record, which the other readers use too. `a`, no action, is what happens without a word. */
const actions: Readonly<Record<string, string>> = { c: 'cascade', n: 'nullify', r: 'restrict', d: 'set default' };

function foreignKeyOf(context: Context, constrained: Constrained): ForeignKey {
  const { column, constraint } = constrained;
  const columns = column === null ? texts(constraint.fk_attrs) : [column];
  return {
    name: nameOf(context, constrained, joined(columns), 'fkey'),
    columns,
    toTable: relationName(constraint.pktable),
    toColumns: texts(constraint.pk_attrs),
    onDelete: actions[constraint.fk_del_action ?? ''] ?? null,
    onUpdate: actions[constraint.fk_upd_action ?? ''] ?? null,
  };
}
