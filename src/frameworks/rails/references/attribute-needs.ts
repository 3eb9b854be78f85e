import type { Node } from '@ruby/prism/src/nodes.js';

import type { Certainty, Name } from '../../../deploy/deploy.ts';
import type { Association, Model } from '../models/model.ts';
import { type Absent, enumNeedsColumn, isDeclared, joinNames } from './absent.ts';
import { associationsMeant, attributesMeant } from './attribute-names.ts';
import type { Known, Need, ReferenceContext, Run } from './site.ts';

type Range = Node['location'];

/** What a method of a record needs, as table and column. */
export interface ColumnMeant {
  readonly table: string;
  readonly column: string | null;
  readonly access: 'read' | 'write';
  readonly through: 'attribute' | 'association' | 'enum' | 'alias';
  readonly nilWithout?: readonly Name[];
}

/**
 * What calling `method` on a record of `model` needs. Nothing where the class has a method of its own by that name that
 * does not reach the attribute, and nothing for a name that is no column and no association.
 */
export function methodNeeds(model: Model, method: string, context: ReferenceContext): readonly ColumnMeant[] {
  if (model.table === null || model.methods.get(method) === 'plain') return [];
  const { table } = model;
  const columns = context.columnsOf(table);
  const parts = model.parts.get(method.replace(/[=?]$/, ''))?.filter((column) => columns?.has(column)) ?? [];
  if (parts.length > 0) return parts.map((column) => ({ table, column, access: 'read', through: 'attribute' }));
  if (model.virtual.has(method) && !model.associations.has(method)) return [];
  const meant = (column: string, access: 'read' | 'write', through: ColumnMeant['through'], nil: boolean) => [
    { table, column, access, through, ...(nil && { nilWithout: [{ table, column }] }) },
  ];
  for (const { attribute, access, plain } of attributesMeant(method)) {
    if (plain && model.virtual.has(attribute)) continue;
    const declared = isDeclared(model, attribute, context);
    const aliased = model.aliases.get(attribute);
    if (aliased && columns?.has(aliased)) return meant(aliased, access, 'alias', isDeclared(model, aliased, context));
    if (columns?.has(attribute)) return meant(attribute, access, 'attribute', declared);
  }
  const asked = /[?!]$/.test(method) ? model.enums.get(method) : undefined;
  if (asked && columns?.has(asked)) {
    const writes = method.endsWith('!');
    const nil = isDeclared(model, asked, context) || (!writes && !enumNeedsColumn(context));
    return meant(asked, writes ? 'write' : 'read', 'enum', nil);
  }
  for (const { name, access } of associationsMeant(method)) {
    const association = model.associations.get(name);
    if (association) return associationNeeds(association, model, { access, context, ofRecord: true });
  }
  return [];
}

interface Following {
  readonly access: 'read' | 'write';
  readonly context: ReferenceContext;
  /** The key is looked up in a record, where an unknown one is nil; otherwise a statement names it. */
  readonly ofRecord: boolean;
}

/** The keys that an association stands on, and the table at its end. Without its own key a record asks for nothing. */
export function associationNeeds(
  association: Association,
  model: Model,
  { access, context, ofRecord }: Following,
): readonly ColumnMeant[] {
  const through = 'association' as const;
  const { keyTable, keys } = association;
  const nil = (key: Name) =>
    ofRecord && access === 'read' && association.kind === 'belongs-to' && { nilWithout: [key] };
  const names = keyTable === null ? [] : keys.map((column) => ({ table: keyTable, column }));
  const needs: ColumnMeant[] = names.map((name) => ({ ...name, access, through, ...nil(name) }));
  const via = association.through === null ? undefined : model.associations.get(association.through);
  if (via && via !== association && via.through === null)
    needs.push(...associationNeeds(via, model, { access, context, ofRecord }));
  for (const target of association.targets) {
    const table = context.models.byName.get(target)?.table;
    // A polymorphic association reads one of many tables, which one is not known.
    if (table && association.targets.length === 1 && !(table === keyTable && keys.length > 0)) {
      needs.push({ table, column: null, access: 'read', through, ...(names[0] && nil(names[0])) });
    }
  }
  return needs;
}

/** Reports what a method name means on every model of `value`. True where it means something. */
export function needMethod(
  value: Known,
  method: { readonly text: string; readonly range: Range },
  say: Saying,
): boolean {
  const { run, because, site } = say;
  let found = false;
  for (const model of value.models) {
    for (const meant of methodNeeds(model, method.text, run.context)) {
      found = true;
      if (site.guarded.has(meant.column ?? '') || site.guarded.has(method.text)) continue;
      const { table, column, access } = meant;
      const own = say.absent === 'fails' ? undefined : (meant.nilWithout ?? (say.absent && [{ table, column }]));
      const nilWithout = joinNames(value.nilWithout, own);
      run.need({
        table,
        column,
        access: say.access ?? access,
        certainty: say.certainty,
        because: reasonOf(
          { ...meant, access: say.access === 'write' ? 'write' : access },
          because ?? `on a record of \`${model.name}\``,
        ),
        nilWithout,
        range: method.range,
      });
    }
  }
  return found;
}

export interface Saying {
  readonly run: Run;
  readonly site: { readonly guarded: ReadonlySet<string> };
  readonly certainty: Certainty;
  /** Where it stands, completing "an attribute read …". Null: on a record of the model. */
  readonly because: string | null;
  readonly access?: Need['access'];
  readonly absent?: Absent | undefined;
}

function reasonOf({ access, through }: ColumnMeant, where: string): string {
  const done = access === 'read' ? 'read' : 'written';
  switch (through) {
    case 'attribute':
      return `an attribute ${done} ${where}`;
    case 'alias':
      return `an alias of the attribute ${done} ${where}`;
    case 'enum':
      return `a method of its enum called ${where}`;
    case 'association':
      return `an association ${done} ${where}`;
  }
}
