import {
  accept,
  acceptOne,
  atEnd,
  type Cursor,
  nameAt,
  offsetOf,
  peek,
  piecesOf,
  restOf,
  tableAt,
  wordAt,
} from './cursor.ts';
import { type Draft, quote, say, sayOpaque } from './draft.ts';
import { patience } from './patience.ts';
import { renameTaken } from './session.ts';

/** `DROP [TEMPORARY] TABLE a, b`, after these words. */
export function dropTables(draft: Draft): void {
  const { temporary } = draft.run.session;
  dropEach(draft, (table, where) => {
    if (temporary.delete(table)) return;
    draft.run.session.taken.delete(table);
    say(draft, { kind: 'drop-table', table }, where);
  });
}

/** `DROP VIEW a, b`, after these words. */
export function dropViews(draft: Draft): void {
  dropEach(draft, (table, where) => say(draft, { kind: 'drop-view', table }, where));
}

type Where = Parameters<typeof say>[2];

const behaviours: ReadonlySet<string> = new Set(['RESTRICT', 'CASCADE']);

function dropEach(draft: Draft, drop: (table: string, where: Where) => void): void {
  const { cursor } = draft;
  const conditional = accept(cursor, 'IF', 'EXISTS');
  if (atEnd(cursor)) return sayOpaque(draft, { reason: 'what is dropped is not written out', hides: true });
  for (const piece of piecesOf(cursor)) {
    const at = offsetOf(piece);
    const table = tableAt(piece);
    const rest = { ...draft, cursor: piece };
    patience(rest);
    acceptOne(piece, behaviours);
    if (table !== null && atEnd(piece)) drop(table, { at, conditional });
    else sayOpaque(draft, { reason: `${quote(restAfter(piece, table))} names no table`, hides: true, at });
  }
}

function restAfter(piece: Cursor, table: string | null): string {
  return restOf(piece) || (table ?? '');
}

/** `RENAME TABLE a TO b, c TO d`, after these words. */
export function renameTables(draft: Draft): void {
  const { cursor, run } = draft;
  const conditional = accept(cursor, 'IF', 'EXISTS');
  for (const piece of piecesOf(cursor)) {
    const at = offsetOf(piece);
    const table = tableAt(piece);
    patience({ ...draft, cursor: piece });
    const to = accept(piece, 'TO') ? tableAt(piece) : null;
    if (table === null || to === null || !atEnd(piece)) {
      sayOpaque(draft, { table, reason: 'this renaming is not in the form that is known', hides: true, at });
    } else if (run.session.temporary.delete(table)) run.session.temporary.add(to);
    else {
      renameTaken(run.session, table, to);
      say(draft, { kind: 'rename-table', table, to }, { at, conditional });
    }
  }
}

/** `TRUNCATE [TABLE] t`, after the first word: every row goes. */
export function truncate(draft: Draft): void {
  const { cursor, run } = draft;
  accept(cursor, 'TABLE');
  const table = tableAt(cursor);
  if (table !== null && run.session.temporary.has(table)) return;
  if (table === null) return sayOpaque(draft, { reason: 'the name of the table is not written out', hides: false });
  patience(draft);
  say(draft, { kind: 'truncate', table, cascade: false }, { at: draft.start });
}

const maintenance = {
  ANALYZE: { kind: 'maintain-table', manner: 'analyze' },
  CHECK: { kind: 'maintain-table', manner: 'check' },
  OPTIMIZE: { kind: 'rewrite-table', manner: 'optimize' },
  REPAIR: { kind: 'rewrite-table', manner: 'repair' },
} as const;

/** `OPTIMIZE TABLE a, b` and the like: work on a table that no column shows. */
export function maintain(draft: Draft, verb: keyof typeof maintenance): void {
  const { cursor } = draft;
  if (wordAt(cursor) === 'LOCAL' || wordAt(cursor) === 'NO_WRITE_TO_BINLOG') cursor.position++;
  if (!accept(cursor, 'TABLE') && !accept(cursor, 'TABLES')) return;
  for (const piece of piecesOf(cursor)) {
    const at = offsetOf(piece);
    const table = tableAt(piece);
    if (table !== null) say(draft, { table, ...maintenance[verb] }, { at });
  }
}

/** `LOCK TABLES a READ, b AS c WRITE`, after these words. */
export function lockTables(draft: Draft): void {
  for (const piece of piecesOf(draft.cursor)) {
    const at = offsetOf(piece);
    const table = tableAt(piece);
    if (accept(piece, 'AS') || peek(piece, 1)) nameUnlessLock(piece);
    const mode = restOf(piece).slice(0, longestMode).toLowerCase();
    if (table !== null) say(draft, { kind: 'lock-table', table, mode }, { at });
  }
}

/** `LOW_PRIORITY WRITE`. */
const longestMode = 20;

/** The alias of a table; READ, WRITE and LOW_PRIORITY are none. */
function nameUnlessLock(piece: Cursor): void {
  if (!/^(?:READ|WRITE|LOW_PRIORITY)$/.test(wordAt(piece))) nameAt(piece);
}
