import type { Node } from '@ruby/prism/src/nodes.js';

import type { Certainty } from '../../../deploy/deploy.ts';
import { isKnown, type Run, type Site, type Value, weaker } from './site.ts';
import { type SqlString, sqlString } from './sql-strings.ts';
import { readSqlNames, type SqlName, type SqlNames } from './sql-words.ts';

/** Longer texts than this are data, no statement somebody wrote. */
const maxLength = 20_000;

/** Reports what a string of SQL names. `receiver` is the relation it is given to, null where it stands alone. */
export function needSql(
  node: Node,
  receiver: Value | null,
  { site, run }: { readonly site: Site; readonly run: Run },
): void {
  const string = sqlString(node, site, run);
  if (!string || string.text.length > maxLength) return;
  const read = readSqlNames(string.text);
  const base = isKnown(receiver) ? receiver.models.flatMap(({ table }) => table ?? []) : [];
  const trust = isKnown(receiver) ? weaker(receiver.certainty, 'likely') : 'likely';
  for (const name of read.names) {
    const range = string.rangeAt(name.offset, name.text.length);
    if (!range || site.guarded.has(name.text)) continue;
    for (const meant of meaningsOf(name, { read, base, trust, run })) run.need({ ...meant, access: 'read', range });
  }
}

const partOfSql = /[=<>*()]|\b(?:and|or|asc|desc|is|in|like|not|as)\b/i;

/** Reports columns that stand with their table in a string of which nothing else tells that it is SQL. */
export function needQualified(string: SqlString, site: Site, run: Run): void {
  if (string.text.length > maxLength) return;
  const certainty = partOfSql.test(string.text) ? 'likely' : 'possible';
  for (const { text: column, qualifier: table, offset } of readSqlNames(string.text).names) {
    const range = string.rangeAt(offset, column.length);
    if (table === null || !range || site.guarded.has(column)) continue;
    if (!run.context.columnsOf(table)?.has(column)) continue;
    run.need({ table, column, access: 'read', certainty, because: 'a column with its table in a string', range });
  }
}

interface Sql {
  readonly read: SqlNames;
  readonly base: readonly string[];
  readonly trust: Certainty;
  readonly run: Run;
}

interface Meaning {
  readonly table: string;
  readonly column: string | null;
  readonly certainty: Certainty;
  readonly because: string;
}

function meaningsOf(name: SqlName, { read, base, trust, run }: Sql): readonly Meaning[] {
  const has = (table: string) => run.context.columnsOf(table)?.has(name.text) ?? false;
  if (name.role === 'table') {
    return [{ table: name.text, column: null, certainty: 'likely', because: 'a table named in a string of SQL' }];
  }
  if (name.qualifier !== null) {
    const table = read.tables.get(name.qualifier) ?? name.qualifier;
    const because = `a word in a string of SQL, with the table \`${table}\` before it`;
    return has(table) ? [{ table, column: name.text, certainty: 'likely', because }] : [];
  }
  const own = base.filter(has);
  if (own.length > 0) {
    const because = 'a word in a string of SQL for this table';
    return own.map((table) => ({ table, column: name.text, certainty: trust, because }));
  }
  const named = [...new Set(read.tables.values())].filter(has);
  if (named.length > 0) {
    const because = 'a word in a string of SQL that also names the table';
    return named.map((table) => ({
      table,
      column: name.text,
      certainty: named.length === 1 ? 'likely' : 'possible',
      because,
    }));
  }
  if (base.length > 0 || read.tables.size > 0) return [];
  const because = 'a word in a string of SQL';
  return run.tablesWith(name.text).map((table) => ({ table, column: name.text, certainty: 'possible', because }));
}
