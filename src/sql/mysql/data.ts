import {
  accept,
  atEnd,
  type Cursor,
  groupAt,
  isSymbol,
  nameAt,
  peek,
  piecesOf,
  skip,
  tableAt,
  wordAt,
} from './cursor.ts';
import { deleted, type Rows, updated } from './data-tables.ts';
import { type Draft, say } from './draft.ts';

const noise: ReadonlySet<string> = new Set([
  'LOW_PRIORITY',
  'DELAYED',
  'HIGH_PRIORITY',
  'QUICK',
  'IGNORE',
  'CONCURRENT',
]);

/** INSERT, REPLACE, UPDATE, DELETE or LOAD DATA, after its first word. */
export function changeRows(draft: Draft, verb: string): void {
  const { cursor } = draft;
  while (noise.has(wordAt(cursor))) cursor.position++;
  for (const rows of readRows(cursor, verb)) sayRows(draft, rows);
}

function readRows(cursor: Cursor, verb: string): readonly Rows[] {
  switch (verb) {
    case 'UPDATE':
      return updated(cursor);
    case 'DELETE':
      return deleted(cursor);
    case 'LOAD':
      return [loaded(cursor)];
    default:
      return [inserted(cursor)];
  }
}

function sayRows(draft: Draft, { table, change, columns, batched }: Rows): void {
  if (table !== null && draft.run.session.temporary.has(table)) return;
  say(draft, { kind: 'run-data-change', table, change, columns, batched }, { at: draft.start });
}

function inserted(cursor: Cursor): Rows {
  accept(cursor, 'INTO');
  const table = tableAt(cursor);
  if (accept(cursor, 'PARTITION')) groupAt(cursor);
  const named = listed(cursor);
  const columns = named ?? (accept(cursor, 'SET') ? assigned(cursor) : []);
  while (!atEnd(cursor) && !isDuplicate(cursor)) skip(cursor);
  const more = accept(cursor, 'ON', 'DUPLICATE', 'KEY', 'UPDATE') ? assigned(cursor) : [];
  return { table, change: 'insert', columns: [...new Set([...columns, ...more])], batched: false };
}

function isDuplicate(cursor: Cursor): boolean {
  return wordAt(cursor) === 'ON' && wordAt(cursor, 1) === 'DUPLICATE';
}

/** `(a, b)` behind the table; null where the parentheses hold a query or are missing. */
function listed(cursor: Cursor): readonly string[] | null {
  const query = isSymbol(cursor, '(') && /^(?:SELECT|WITH|VALUES|TABLE)$/.test(wordAt(cursor, 1));
  const group = query ? null : groupAt(cursor);
  return group ? piecesOf(group).flatMap((piece) => tableAt(piece) ?? []) : null;
}

/** `a = 1, t.b = 2`, up to the end or to ON DUPLICATE KEY: the columns. */
function assigned(cursor: Cursor): readonly string[] {
  const columns: string[] = [];
  while (!atEnd(cursor) && !isDuplicate(cursor)) {
    const column = tableAt(cursor);
    if (column !== null && isSymbol(cursor, '=')) columns.push(column);
    while (!atEnd(cursor) && !isSymbol(cursor, ',') && !isDuplicate(cursor)) skip(cursor);
    if (isSymbol(cursor, ',')) cursor.position++;
  }
  return columns;
}

/** `LOAD DATA … INTO TABLE t … (columns) SET column = …`. */
function loaded(cursor: Cursor): Rows {
  while (!atEnd(cursor) && !(wordAt(cursor) === 'INTO' && wordAt(cursor, 1) === 'TABLE')) cursor.position++;
  accept(cursor, 'INTO', 'TABLE');
  const table = tableAt(cursor);
  if (accept(cursor, 'PARTITION')) groupAt(cursor);
  while (!atEnd(cursor) && !isSymbol(cursor, '(') && wordAt(cursor) !== 'SET') cursor.position++;
  const group = groupAt(cursor);
  const columns = group
    ? piecesOf(group).flatMap((piece) => (peek(piece)?.kind === 'variable' ? [] : (nameAt(piece) ?? [])))
    : [];
  const more = accept(cursor, 'SET') ? assigned(cursor) : [];
  return { table, change: 'insert', columns: [...columns, ...more], batched: false };
}
