import type { Operation } from '../../schema/operation.ts';
import {
  accept,
  acceptSymbol,
  atEnd,
  type Cursor,
  groupAt,
  isSymbol,
  nameAt,
  skip,
  tableAt,
  wordAt,
} from './cursor.ts';

type DataChange = Extract<Operation, { readonly kind: 'run-data-change' }>;

/** Rows that a statement changes. */
export type Rows = Pick<DataChange, 'table' | 'change' | 'columns' | 'batched'>;

/** `UPDATE tables SET assignments …`, after UPDATE: one change for each table of which a column is set. */
export function updated(cursor: Cursor): readonly Rows[] {
  const tables = tablesUntil(cursor, 'SET');
  const [first = null] = tables.names;
  accept(cursor, 'SET');
  const columns = new Map<string | null, string[]>();
  const batched = eachAssignment(cursor, (qualifier, column) => {
    const table = qualifier === null ? first : (tables.aliases.get(qualifier) ?? qualifier);
    const known = columns.get(table);
    if (known) known.push(column);
    else columns.set(table, [column]);
  });
  if (columns.size === 0) columns.set(first, []);
  return [...columns].map(([table, names]) => ({ table, change: 'update', columns: names, batched }));
}

/** `DELETE FROM t …`, `DELETE a, b FROM …`, `DELETE FROM a, b USING …`, after DELETE. */
export function deleted(cursor: Cursor): readonly Rows[] {
  const single = accept(cursor, 'FROM');
  const targets = targetsAt(cursor);
  const joined = accept(cursor, single ? 'USING' : 'FROM') ? tablesUntil(cursor, 'WHERE') : null;
  const batched = hasLimit(cursor);
  return targets.map((name) => {
    const table = name === null ? null : (joined?.aliases.get(name) ?? name);
    return { table, change: 'delete', columns: [], batched };
  });
}

function targetsAt(cursor: Cursor): readonly (string | null)[] {
  const targets: (string | null)[] = [];
  do targets.push(targetAt(cursor));
  while (acceptSymbol(cursor, ','));
  return targets;
}

/** `t`, `db.t`, `t.*`. */
function targetAt(cursor: Cursor): string | null {
  let name = nameAt(cursor);
  while (name !== null && acceptSymbol(cursor, '.')) {
    if (acceptSymbol(cursor, '*')) return name;
    name = nameAt(cursor);
  }
  return name;
}

interface Tables {
  readonly names: readonly string[];
  readonly aliases: Map<string, string>;
}

const joins = /^(?:JOIN|STRAIGHT_JOIN)$/;
const noAlias =
  /^(?:SET|WHERE|JOIN|STRAIGHT_JOIN|INNER|LEFT|RIGHT|CROSS|NATURAL|OUTER|ON|USING|ORDER|LIMIT|PARTITION|FORCE|USE|IGNORE)$/;

/** The tables of a join and their aliases, up to a keyword. */
function tablesUntil(cursor: Cursor, stop: string): Tables {
  const names: string[] = [];
  const aliases = new Map<string, string>();
  for (let expected = true; !atEnd(cursor) && wordAt(cursor) !== stop; ) {
    if (expected) {
      expected = false;
      const table = tableAt(cursor);
      if (table === null) skip(cursor);
      else {
        names.push(table);
        aliases.set(table, table).set(aliasAt(cursor) ?? table, table);
      }
    } else {
      expected = isSymbol(cursor, ',') || joins.test(wordAt(cursor));
      skip(cursor);
    }
  }
  return { names, aliases };
}

function aliasAt(cursor: Cursor): string | null {
  if (accept(cursor, 'PARTITION')) groupAt(cursor);
  if (accept(cursor, 'AS')) return nameAt(cursor);
  return noAlias.test(wordAt(cursor)) ? null : nameAt(cursor);
}

/** Tells each `[table.]column = …` of a SET. True: a LIMIT stands behind them. */
function eachAssignment(cursor: Cursor, tell: (qualifier: string | null, column: string) => void): boolean {
  while (!atEnd(cursor)) {
    const parts = [nameAt(cursor)];
    while (acceptSymbol(cursor, '.')) parts.push(nameAt(cursor));
    const column = parts.at(-1);
    if (column != null && isSymbol(cursor, '=')) tell(parts.at(-2) ?? null, column);
    while (!atEnd(cursor) && !isSymbol(cursor, ',') && !/^(?:WHERE|ORDER|LIMIT)$/.test(wordAt(cursor))) skip(cursor);
    if (!acceptSymbol(cursor, ',')) break;
  }
  return hasLimit(cursor);
}

function hasLimit(cursor: Cursor): boolean {
  while (!atEnd(cursor)) {
    if (wordAt(cursor) === 'LIMIT') return true;
    skip(cursor);
  }
  return false;
}
