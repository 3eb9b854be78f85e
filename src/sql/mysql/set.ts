import {
  accept,
  acceptOne,
  acceptSymbol,
  atEnd,
  type Cursor,
  nameAt,
  peek,
  piecesOf,
  restOf,
  wordAt,
} from './cursor.ts';
import type { Draft } from './draft.ts';
import { textsAt } from './texts.ts';
import { plainText } from './token.ts';

const scopes: ReadonlySet<string> = new Set(['SESSION', 'LOCAL', 'GLOBAL', 'PERSIST', 'PERSIST_ONLY']);

/** Settings that a body may change; any other name there is a variable of its own. */
const known = /^(?:foreign_key_checks|autocommit|sql_mode|\w+_timeout)$/;

/** `SET …`, after SET. */
export function setSession(draft: Draft): void {
  for (const piece of piecesOf(draft.cursor)) {
    const assignment = assignmentAt(piece);
    if (assignment) assign(draft, assignment);
  }
}

interface Assignment {
  /** In lower case; a user variable begins with `@`. */
  readonly name: string;
  /** What stands behind the `=`. */
  readonly expression: Cursor;
  /** Null for DEFAULT. */
  readonly value: string | null;
}

/** Null for what is no setting of this session: GLOBAL, NAMES, TRANSACTION, PASSWORD. */
function assignmentAt(piece: Cursor): Assignment | null {
  const scope = acceptOne(piece, scopes);
  const token = peek(piece);
  const named = token?.kind === 'variable' ? token.text : nameAt(piece);
  if (token?.kind === 'variable') piece.position++;
  if (!acceptSymbol(piece, '=') && !acceptSymbol(piece, ':=')) return null;
  const name = (named ?? '').toLowerCase().replace(/^@@(?:session\.|local\.)?/, '');
  if ((scope !== null && scope !== 'SESSION' && scope !== 'LOCAL') || /^(?:global|persist)/.test(name)) return null;
  const expression = { ...piece };
  return name === '' ? null : { name, expression, value: settingAt(piece) };
}

function settingAt(cursor: Cursor): string | null {
  const token = peek(cursor);
  if (token?.kind === 'string' && cursor.position + 1 === cursor.end) return plainText(token).toLowerCase();
  return accept(cursor, 'DEFAULT') ? null : restOf(cursor).slice(0, longestValue).toLowerCase();
}

const longestValue = 200;

function assign({ run, effects }: Draft, { name, expression, value }: Assignment): void {
  const { session } = run;
  if (name.startsWith('@')) {
    const kept = /^@@(?:session\.|local\.)?foreign_key_checks$/.test(value ?? '');
    if (kept) session.keptChecks.set(name, session.checksOff);
    session.variables.set(name, textsAt(expression, session));
    return;
  }
  if (run.depth > 0 && !known.test(name)) return;
  if (name === 'foreign_key_checks') switchChecks(run, value);
  session.settings.set(name, value);
  effects.push({ kind: 'set', name, value });
}

type Switched = Pick<Draft['run'], 'session' | 'conditional'>;

/** What may be on counts as on: then the server copies and verifies. */
function switchChecks({ session, conditional }: Switched, value: string | null): void {
  const off = value === '0' || value === 'off' || value === 'false' || (session.keptChecks.get(value ?? '') ?? false);
  session.checksOff = off && (!conditional || session.checksOff);
}

/** `SET STATEMENT a = 1, b = 2 FOR`, after STATEMENT. The cursor moves to the statement. Gives what was before. */
export function setForStatement(draft: Draft): () => void {
  const { cursor, run } = draft;
  const { session } = run;
  const checksOff = session.checksOff;
  const from = cursor.position;
  while (!atEnd(cursor) && wordAt(cursor) !== 'FOR') cursor.position++;
  const settings: Cursor = { ...cursor, position: from, end: cursor.position };
  accept(cursor, 'FOR');
  for (const piece of piecesOf(settings)) {
    const assignment = assignmentAt(piece);
    if (!assignment) continue;
    const { name, value } = assignment;
    if (name === 'foreign_key_checks') switchChecks(run, value);
    draft.around.push({ kind: 'set', name, value });
  }
  return () => {
    session.checksOff = checksOff;
  };
}
