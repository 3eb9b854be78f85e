import { accept, atEnd, groupAt, nameAt, peek, restOf, skip, tableAt, wordAt } from '../mysql/cursor.ts';
import { quote } from '../mysql/draft.ts';
import { alterTable } from './alter-table.ts';
import { createTable } from './create-table.ts';
import { keyPartsAt } from './key-parts.ts';
import { changeRows } from './rows.ts';
import { type Draft, say, sayOpaque } from './state.ts';

type Verb = (draft: Draft, verb: string) => void;

const verbs: Readonly<Record<string, Verb>> = {
  CREATE: create,
  ALTER: alter,
  DROP: drop,
  INSERT: changeRows,
  REPLACE: changeRows,
  UPDATE: changeRows,
  DELETE: changeRows,
  PRAGMA: pragma,
  BEGIN: (draft) => ends(draft, 'begin'),
  COMMIT: (draft) => ends(draft, 'commit'),
  END: (draft) => ends(draft, 'commit'),
  ROLLBACK: (draft) => (restOf(draft.cursor).toUpperCase().includes('TO') ? undefined : ends(draft, 'rollback')),
};

const quiet: ReadonlySet<string> = new Set(
  'SELECT VALUES EXPLAIN VACUUM REINDEX ANALYZE ATTACH DETACH SAVEPOINT RELEASE WITH'.split(' '),
);

/** Reads one statement into its draft. */
export function readStatement(draft: Draft, unclosed: boolean): void {
  const { cursor } = draft;
  const broken = cursor.tokens.find(({ kind }) => kind === 'broken');
  if (broken) return sayOpaque(draft, { reason: broken.text, hides: true }, broken.start);
  if (unclosed) return sayOpaque(draft, { reason: 'a body is not closed with END', hides: true });
  const word = wordAt(cursor);
  if (quiet.has(word)) return;
  if (cursor.tokens.some(({ kind }) => kind === 'template')) {
    return sayOpaque(draft, { reason: 'its text is a template', hides: true });
  }
  if (!Object.hasOwn(verbs, word)) return unknown(draft);
  cursor.position++;
  verbs[word]?.(draft, word);
}

function unknown(draft: Draft): void {
  const first = [0, 1, 2].flatMap((ahead) => peek(draft.cursor, ahead)?.text.slice(0, 40) ?? []).join(' ');
  sayOpaque(draft, { reason: `the statement ${quote(first)} is not known`, hides: true });
}

function ends(draft: Draft, kind: 'begin' | 'commit' | 'rollback'): void {
  draft.effect = { kind };
}

/** `PRAGMA foreign_keys = off`, `PRAGMA foreign_keys(0)`. */
function pragma(draft: Draft): void {
  const { cursor } = draft;
  const name = tableAt(cursor)?.toLowerCase();
  const group = groupAt(cursor);
  const value = group ? restOf(group) : restOf(cursor).replace(/^=\s*/, '');
  if (name && value) draft.effect = { kind: 'set', name, value: value.replace(/^['"]|['"]$/g, '').toLowerCase() };
}

function create(draft: Draft): void {
  const { cursor } = draft;
  const temporary = accept(cursor, 'TEMP') || accept(cursor, 'TEMPORARY');
  if (accept(cursor, 'TABLE')) return createTable(draft, temporary);
  const unique = accept(cursor, 'UNIQUE');
  if (accept(cursor, 'INDEX')) return createIndex(draft, unique);
  if (accept(cursor, 'VIEW')) return createView(draft, temporary);
  if (accept(cursor, 'TRIGGER')) return createTrigger(draft);
  cursor.position = 0;
  if (wordAt(cursor, 1) === 'VIRTUAL') return createVirtual(draft);
  unknown(draft);
}

function createIndex(draft: Draft, unique: boolean): void {
  const { cursor, run } = draft;
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const name = tableAt(cursor);
  const table = accept(cursor, 'ON') ? nameAt(cursor) : null;
  if (table !== null && run.temporary.has(table)) return;
  const columns = table === null ? null : keyPartsAt(cursor);
  if (table === null || !columns) {
    return sayOpaque(draft, { table, reason: 'this CREATE INDEX is not in the form that is known', hides: true });
  }
  const where = accept(cursor, 'WHERE') ? restOf(cursor) : null;
  const index = { name, columns, unique, where };
  say(draft, { kind: 'create-index', table, index, concurrently: false, algorithm: null }, draft.start, conditional);
}

function createView(draft: Draft, temporary: boolean): void {
  const conditional = accept(draft.cursor, 'IF', 'NOT', 'EXISTS');
  const table = tableAt(draft.cursor);
  if (table !== null && !temporary) say(draft, { kind: 'create-view', table }, draft.start, conditional);
}

function createTrigger(draft: Draft): void {
  const { cursor } = draft;
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const name = tableAt(cursor) ?? '';
  while (!atEnd(cursor) && wordAt(cursor) !== 'ON') skip(cursor);
  const table = accept(cursor, 'ON') ? tableAt(cursor) : null;
  if (table === null) return sayOpaque(draft, { reason: 'the table of the trigger is not written out', hides: false });
  say(draft, { kind: 'create-object', object: 'trigger', table, name }, draft.start, conditional);
}

function createVirtual(draft: Draft): void {
  const { cursor } = draft;
  cursor.position = 3;
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const table = tableAt(cursor);
  if (table === null) return unknown(draft);
  // Its module tells which columns it has.
  const created = { columns: [], primaryKey: [], replaces: false, open: true };
  say(draft, { kind: 'create-table', table, ...created }, draft.start, conditional);
}

function alter(draft: Draft): void {
  if (accept(draft.cursor, 'TABLE')) alterTable(draft);
  else sayOpaque(draft, { reason: 'this ALTER is not known', hides: true });
}

function drop(draft: Draft): void {
  const { cursor, run } = draft;
  const kind = wordAt(cursor);
  cursor.position++;
  const conditional = accept(cursor, 'IF', 'EXISTS');
  const name = tableAt(cursor);
  if (name === null) return sayOpaque(draft, { reason: 'what is dropped is not written out', hides: true });
  if (kind === 'TABLE') {
    if (!run.temporary.delete(name)) say(draft, { kind: 'drop-table', table: name }, draft.start, conditional);
  } else if (kind === 'VIEW') say(draft, { kind: 'drop-view', table: name }, draft.start, conditional);
  else if (kind === 'INDEX') dropIndex(draft, name, conditional);
  else if (kind === 'TRIGGER') {
    say(draft, { kind: 'drop-object', object: 'trigger', table: null, name }, draft.start, conditional);
  } else unknown({ ...draft, cursor: { ...cursor, position: 0 } });
}

/** The statement does not say which table the index is on. */
function dropIndex(draft: Draft, name: string, conditional: boolean): void {
  const table = draft.run.history.tableOfIndex(name);
  say(draft, { kind: 'drop-index', table, name, columns: [], concurrently: false }, draft.start, conditional);
}
