import { alter, drop, rename } from './alter.ts';
import { type BodyStatement, bodyOf } from './body.ts';
import { create } from './create.ts';
import { accept, atEnd, peek, skip, wordAt } from './cursor.ts';
import { changeRows } from './data.ts';
import { type Draft, finish, quote, sayOpaque } from './draft.ts';
import { execute, prepare, selectInto } from './prepared.ts';
import { changePrivileges } from './privileges.ts';
import { callProcedure, runBody } from './routine.ts';
import { setForStatement, setSession } from './set.ts';
import { lockTables, maintain, truncate } from './table-statements.ts';

type Verb = (draft: Draft, verb: string) => void;

const begin: Verb = ({ effects }) => effects.push({ kind: 'begin' });

const verbs: Readonly<Record<string, Verb>> = {
  ALTER: alter,
  CREATE: create,
  DROP: drop,
  RENAME: rename,
  TRUNCATE: truncate,
  INSERT: changeRows,
  REPLACE: changeRows,
  UPDATE: changeRows,
  DELETE: changeRows,
  LOAD: changeRows,
  WITH: withQuery,
  SET: set,
  PREPARE: prepare,
  EXECUTE: execute,
  SELECT: selectInto,
  BEGIN: begin,
  START: (draft, verb) => (wordAt(draft.cursor) === 'TRANSACTION' ? begin(draft, verb) : undefined),
  COMMIT: ({ effects }) => effects.push({ kind: 'commit' }),
  ROLLBACK: rollback,
  LOCK: (draft) => (accept(draft.cursor, 'TABLES') || accept(draft.cursor, 'TABLE') ? lockTables(draft) : undefined),
  ANALYZE: (draft) => maintain(draft, 'ANALYZE'),
  CHECK: (draft) => maintain(draft, 'CHECK'),
  OPTIMIZE: (draft) => maintain(draft, 'OPTIMIZE'),
  REPAIR: (draft) => maintain(draft, 'REPAIR'),
  GRANT: changePrivileges,
  REVOKE: changePrivileges,
};

/** Statements that change neither schema nor rows. */
const quiet: ReadonlySet<string> = new Set(
  `UNLOCK FLUSH RESET SHOW EXPLAIN DESCRIBE DESC USE DO KILL HELP HANDLER SAVEPOINT RELEASE XA STOP CHANGE
  PURGE CACHE CHECKSUM DEALLOCATE VALUES TABLE SIGNAL RESIGNAL GET RETURN LEAVE ITERATE OPEN FETCH CLOSE INSTALL
  UNINSTALL BACKUP CLONE SHUTDOWN RESTART`.split(/\s+/),
);

/** Reads one statement and adds it to what was read. Bodies and prepared texts add theirs in its place. */
export function readStatement(draft: Draft, unclosed: boolean): void {
  const { cursor, run } = draft;
  const broken = cursor.tokens.find(({ kind }) => kind === 'broken');
  if (broken) {
    sayOpaque(draft, { reason: broken.text, hides: true, at: broken.start });
    return finish(draft);
  }
  if (unclosed) {
    sayOpaque(draft, { reason: 'a body is not closed with END', hides: true });
    return finish(draft);
  }
  const before = run.statements.length;
  const body = blockOf(draft);
  if (body) runBody(draft, body);
  else readVerb(draft);
  const standsIn = run.statements.length > before && draft.operations.length + draft.effects.length === 0;
  if (!standsIn) finish(draft);
}

/** The statements that stand in a statement: a block, or what a CALL runs. */
function blockOf(draft: Draft): readonly BodyStatement[] | null {
  const { cursor } = draft;
  const block = wordAt(cursor) === 'IF' || (wordAt(cursor) === 'BEGIN' && wordAt(cursor, 1) === 'NOT');
  if (block) return bodyOf(cursor.tokens);
  return accept(cursor, 'CALL') ? callProcedure(draft) : null;
}

const templated: ReadonlySet<string> = new Set(['ALTER', 'CREATE', 'DROP', 'RENAME', 'TRUNCATE']);

function readVerb(draft: Draft): void {
  const { cursor } = draft;
  const word = wordAt(cursor);
  const template = templated.has(word) || word === '' ? cursor.tokens.find(({ kind }) => kind === 'template') : null;
  if (template) return sayOpaque(draft, { reason: 'its text is a template', hides: true, at: template.start });
  if ((quiet.has(word) && !isDollarQuoted(draft)) || peek(cursor)?.text === '(') return;
  if (!Object.hasOwn(verbs, word)) return unknown(draft);
  cursor.position++;
  verbs[word]?.(draft, word);
}

/** PostgreSQL's `DO $$ … $$` is no expression. */
function isDollarQuoted({ cursor }: Draft): boolean {
  return wordAt(cursor) === 'DO' && wordAt(cursor, 1).startsWith('$');
}

function unknown(draft: Draft): void {
  const { cursor } = draft;
  const first = [0, 1, 2].flatMap((ahead) => peek(cursor, ahead)?.text.slice(0, 40) ?? []).join(' ');
  sayOpaque(draft, { reason: `the statement ${quote(first)} is not known`, hides: true });
}

/** `ROLLBACK TO name` goes back to a savepoint and ends no transaction. */
function rollback({ cursor, effects }: Draft): void {
  accept(cursor, 'WORK');
  if (wordAt(cursor) !== 'TO') effects.push({ kind: 'rollback' });
}

function set(draft: Draft): void {
  if (!accept(draft.cursor, 'STATEMENT')) return setSession(draft);
  const restore = setForStatement(draft);
  readVerb(draft);
  restore();
}

/** `WITH name AS (…) UPDATE …`. */
function withQuery(draft: Draft): void {
  const { cursor } = draft;
  while (!atEnd(cursor)) {
    const word = wordAt(cursor);
    if (word === 'UPDATE' || word === 'DELETE') {
      cursor.position++;
      return changeRows(draft, word);
    }
    if (word === 'SELECT') return;
    skip(cursor);
  }
}
