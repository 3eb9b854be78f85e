import { accept, atEnd, type Cursor, groupAt, isSymbol, peek, piecesOf, skip, wordAt } from './cursor.ts';
import type { Session, Sql, Texts } from './session.ts';
import { plainText } from './token.ts';

/** Beyond these an expression counts as computed: its values could double with every step. */
const maxDepth = 12;
const maxTexts = 16;
const maxLength = 100_000;

/** The SQL that an expression may give: a string, CONCAT of strings, IF or CASE between them, a variable with one. */
export function textsAt(cursor: Cursor, session: Session, depth = 0): Texts {
  const token = peek(cursor);
  if (!token || depth > maxDepth) return null;
  const only = cursor.position + 1 === cursor.end;
  if (token.kind === 'string' && only) return [{ value: plainText(token), at: token.start, whole: true }];
  if (token.kind === 'variable' && only) return session.variables.get(token.text.toLowerCase()) ?? null;
  if (isSymbol(cursor, '(')) return inParentheses(cursor, session, depth);
  const called = accept(cursor, 'IF') ? 'IF' : accept(cursor, 'CONCAT') ? 'CONCAT' : null;
  const group = called === null ? null : groupAt(cursor);
  if (!group || !atEnd(cursor)) return null;
  const pieces = piecesOf(group);
  if (called === 'CONCAT')
    return concatenated(
      pieces.map((piece) => textsAt(piece, session, depth + 1)),
      token.start,
    );
  return either(pieces.slice(1).map((piece) => textsAt(piece, session, depth + 1)));
}

/** `(…)` and `(SELECT … FROM …)`. */
function inParentheses(cursor: Cursor, session: Session, depth: number): Texts {
  const group = groupAt(cursor);
  if (!group || !atEnd(cursor)) return null;
  return accept(group, 'SELECT')
    ? textsAt(upTo(group, 'FROM'), session, depth + 1)
    : textsAt(group, session, depth + 1);
}

/** The part of a cursor before a keyword that stands in no parentheses. */
export function upTo(cursor: Cursor, word: string): Cursor {
  const end = { ...cursor };
  while (!atEnd(end) && wordAt(end) !== word) skip(end);
  return { ...cursor, end: Math.min(end.position, cursor.end) };
}

function either(all: readonly Texts[]): Texts {
  const texts = all.flatMap((each) => each ?? []);
  return all.includes(null) || texts.length > maxTexts ? null : texts;
}

/** What comes before the first computed part is known. */
function concatenated(parts: readonly Texts[], at: number): Texts {
  const values: string[] = [];
  let length = 0;
  for (const part of parts) {
    const [text] = part ?? [];
    const sure: Sql | undefined = part?.length === 1 ? text : undefined;
    length += sure?.value.length ?? 0;
    if (!sure || length > maxLength) return [{ value: values.join(''), at, whole: false }];
    values.push(sure.value);
    if (!sure.whole) return [{ value: values.join(''), at, whole: false }];
  }
  return [{ value: values.join(''), at, whole: true }];
}
