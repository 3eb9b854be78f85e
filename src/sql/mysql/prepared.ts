import { accept, atEnd, type Cursor, nameAt, peek, piecesOf, skip, wordAt } from './cursor.ts';
import { type Draft, type Run, sayOpaque } from './draft.ts';
import { lexMysql } from './lexer.ts';
import type { Sql, Texts } from './session.ts';
import { splitMysql } from './split.ts';
import { textsAt, upTo } from './texts.ts';

/** `PREPARE name FROM …`, after PREPARE. */
export function prepare({ cursor, run }: Draft): void {
  const name = nameAt(cursor);
  if (name === null || !accept(cursor, 'FROM')) return;
  run.session.prepared.set(name.toLowerCase(), textsAt(cursor, run.session));
}

/** `EXECUTE name [USING …]` and `EXECUTE IMMEDIATE …`, after EXECUTE: what the text does, where it can be told. */
export function execute(draft: Draft): void {
  const { cursor, run } = draft;
  const texts = accept(cursor, 'IMMEDIATE')
    ? textsAt(upTo(cursor, 'USING'), run.session)
    : (run.session.prepared.get((nameAt(cursor) ?? '').toLowerCase()) ?? null);
  if (!texts || texts.some((text) => isHidden(text))) {
    return sayOpaque(draft, { reason: 'the text of the SQL is computed', hides: true });
  }
  runTexts(draft, texts);
}

/** A text of which only the beginning is known hides nothing where it begins like a query. */
function isHidden({ value, whole }: Sql): boolean {
  return !whole && !/^\s*(?:SELECT|SHOW|SET|DO)\s/i.test(value);
}

function runTexts(draft: Draft, texts: NonNullable<Texts>): void {
  const { run } = draft;
  for (const { value, at, whole } of texts) {
    run.budget.left -= value.length;
    if (run.budget.left < 0 || run.depth >= maxDepth) {
      return sayOpaque(draft, { reason: 'too many prepared texts are executed', hides: true });
    }
    if (whole) runText(run, { value, at, conditional: run.conditional || texts.length > 1 });
  }
}

const maxDepth = 8;

interface Text {
  readonly value: string;
  readonly at: number;
  readonly conditional: boolean;
}

/** Every place in a text that was put together is the place where its first part stands. */
function runText(run: Run, { value, at, conditional }: Text): void {
  const inner: Run = { ...run, text: value, place: () => run.place(at), depth: run.depth + 1, conditional };
  for (const { tokens } of splitMysql(lexMysql(value, run.flavour))) run.perform(inner, tokens);
}

/** `SELECT … INTO @a, @b`: the variables may hold SQL that is prepared later. */
export function selectInto({ cursor, run }: Draft): void {
  const into = { ...cursor };
  while (!atEnd(into) && wordAt(into) !== 'INTO') skip(into);
  if (!accept(into, 'INTO') || peek(into)?.kind !== 'variable') return;
  const listed = piecesOf(upTo(upTo(cursor, 'INTO'), 'FROM'));
  for (const [index, target] of piecesOf(into).entries()) {
    const name = peek(target)?.text.toLowerCase() ?? '';
    const expression: Cursor | undefined = listed[index];
    run.session.variables.set(name, expression ? textsAt(expression, run.session) : null);
  }
}
