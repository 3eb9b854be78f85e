import { type BodyStatement, bodyOf } from './body.ts';
import { accept, atEnd, groupAt, tableAt, wordAt } from './cursor.ts';
import { type Draft, quote, say, sayOpaque } from './draft.ts';

/** Procedures call each other at most this deep. */
const maxDepth = 8;

/** `CREATE PROCEDURE`, after these words: nothing changes until it is called. */
export function createProcedure(draft: Draft, { replaces }: { readonly replaces: boolean }): void {
  const { cursor, run } = draft;
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS') || replaces;
  const name = tableAt(cursor);
  groupAt(cursor);
  if (name === null) return;
  say(draft, { kind: 'create-object', object: 'procedure', table: null, name }, { at: draft.start, conditional });
  while (!startsBody(draft)) cursor.position++;
  run.session.procedures.set(name.toLowerCase(), bodyOf(cursor.tokens.slice(cursor.position, cursor.end)));
}

const characteristics =
  /^(?:COMMENT|LANGUAGE|SQL|NOT|DETERMINISTIC|CONTAINS|NO|READS|MODIFIES|DATA|SECURITY|DEFINER|INVOKER)$/;

function startsBody({ cursor }: Draft): boolean {
  const token = cursor.tokens[cursor.position];
  return !token || !(token.kind === 'string' || characteristics.test(token.word));
}

/** `CALL name(…)`, after CALL: what the body does, where this text has the body. */
export function callProcedure(draft: Draft): readonly BodyStatement[] {
  const { cursor, run } = draft;
  const name = tableAt(cursor);
  const body = name === null ? undefined : run.session.procedures.get(name.toLowerCase());
  if (body) return body;
  const reason = `what the procedure ${quote(name ?? '')} does stands somewhere else`;
  sayOpaque(draft, { reason, hides: true });
  return [];
}

/** Reads the statements of a body as if they stood in the text. */
export function runBody(draft: Draft, body: readonly BodyStatement[]): void {
  const { run } = draft;
  for (const { tokens, conditional } of body) {
    run.budget.left -= tokens.length;
    if (run.budget.left < 0 || run.depth >= maxDepth) {
      sayOpaque(draft, { reason: 'its procedures run too many statements', hides: true });
      return;
    }
    run.perform({ ...run, depth: run.depth + 1, conditional: run.conditional || conditional }, tokens);
  }
}

/** `CREATE TRIGGER`, after these words. Its statements run with those of other sessions, in their time. */
export function createTrigger(draft: Draft, { replaces }: { readonly replaces: boolean }): void {
  const { cursor } = draft;
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS') || replaces;
  const name = tableAt(cursor) ?? '';
  while (!atEnd(cursor) && wordAt(cursor) !== 'ON') cursor.position++;
  const table = accept(cursor, 'ON') ? tableAt(cursor) : null;
  if (table === null) return sayOpaque(draft, { reason: 'the table of the trigger is not written out', hides: false });
  say(draft, { kind: 'create-object', object: 'trigger', table, name }, { at: draft.start, conditional });
}
