import { HashNode, type Node } from '@ruby/prism/src/nodes.js';
import { type Pair, pairsOf, type Word } from '../models/arguments.ts';
import type { Model } from '../models/model.ts';
import { joinNames } from './absent.ts';
import { associationNeeds } from './attribute-needs.ts';
import { type Known, type Run, type Site, weaker } from './site.ts';

/** How the keys of a call are read. */
export interface Keying {
  readonly value: Known;
  readonly site: Site;
  readonly run: Run;
  readonly access: 'read' | 'write';
  /** A key that is no column makes the call fail, so that a name nobody knows is still a need. */
  readonly strict: boolean;
  /** A column that the process never saw gives nil: `self[:name]`. */
  readonly nil?: boolean;
}

export function needKeys(pairs: readonly Pair[], keying: Keying): void {
  for (const { key, value } of pairs) needKey(key, value, keying);
}

/** Reports one name that a query or write takes: a column, an alias, an association, or a table with its own keys. */
export function needKey(key: Word, value: Node | null, keying: Keying): void {
  const { site, value: receiver } = keying;
  if (site.guarded.has(key.text)) return;
  const dot = key.text.indexOf('.');
  if (dot !== -1) {
    const range = { startOffset: key.range.startOffset + dot + 1, length: key.range.length - dot - 1 };
    needColumn({ table: key.text.slice(0, dot), column: key.text.slice(dot + 1), range }, keying);
    return;
  }
  for (const model of receiver.models) needOn(model, key, value, keying);
}

function needOn(model: Model, key: Word, value: Node | null, keying: Keying): void {
  const { context } = keying.run;
  if (model.table === null) return;
  const { table } = model;
  const columns = context.columnsOf(table);
  const attribute = model.aliases.get(key.text) ?? key.text;
  const association = model.associations.get(key.text);
  if (value instanceof HashNode && !columns?.has(attribute)) needNested(model, key, value, keying);
  else if (columns?.has(attribute)) needColumn({ table, column: attribute, range: key.range }, keying);
  else if (association) {
    for (const meant of associationNeeds(association, model, {
      access: keying.access,
      context,
      ofRecord: false,
    })) {
      if (meant.column !== null) needColumn({ table: meant.table, column: meant.column, range: key.range }, keying);
    }
  } else if (keying.strict && columns && isUnknown(model, key.text)) {
    const because = `a key of a query on \`${model.name}\` that is no column of its table`;
    keying.run.need({
      table,
      column: key.text,
      access: keying.access,
      certainty: 'likely',
      because,
      range: key.range,
      unknown: true,
    });
  }
}

/** `where(comments: { body: '' })`: the key is a table or an association. */
function needNested(model: Model, key: Word, value: HashNode, keying: Keying): void {
  const { models } = keying.run.context;
  const association = model.associations.get(key.text);
  const targets =
    association?.targets.flatMap((name) => models.byName.get(name) ?? []) ?? models.byTable.get(key.text) ?? [];
  if (targets.length === 0) {
    for (const { key: column } of pairsOf(value))
      needColumn({ table: key.text, column: column.text, range: column.range }, keying);
    return;
  }
  const certainty = weaker(keying.value.certainty, targets.length === 1 || !association ? 'certain' : 'likely');
  const inner: Known = { kind: 'relation', models: targets, certainty, computed: true };
  needKeys(pairsOf(value), { ...keying, value: inner, strict: false });
}

interface ColumnAt {
  readonly table: string;
  readonly column: string;
  readonly range: Node['location'];
}

function needColumn({ table, column, range }: ColumnAt, { value, access, run, nil }: Keying): void {
  if (!run.context.columnsOf(table)?.has(column)) return;
  const done = access === 'read' ? 'read' : 'written';
  const because =
    value.kind === 'record'
      ? `an attribute ${done} by its name`
      : `a column named in a ${access === 'read' ? 'query' : 'write'}`;
  const nilWithout = joinNames(value.nilWithout, nil ? [{ table, column }] : undefined);
  run.need({ table, column, access, certainty: value.certainty, because, nilWithout, range });
}

/** Names that Active Record understands although they are no column. */
function isUnknown(model: Model, name: string): boolean {
  if (!/^[a-z_]\w*$/.test(name) || name === 'id') return false;
  return !(
    model.virtual.has(name) ||
    model.declared.has(name) ||
    model.claimed.has(name) ||
    model.scopes.has(name) ||
    model.methods.has(name) ||
    model.enums.has(name)
  );
}
