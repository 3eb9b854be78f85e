import { type Cursor, cursorOver, indentAt, type Lexed } from './lexer-cursor.ts';
import type { Compiled, Language } from './lexer-table.ts';

export type { Lexed } from './lexer-cursor.ts';
export type { Island, Kind, Language } from './lexer-table.ts';

/** Tells code, strings, comments and text of a file apart, and finds the islands of a template. Linear in its length. */
export function lex(text: string, language: Language): Lexed {
  const cursor = cursorOver(text, language);
  const heredocs: string[] = [];
  let ended = 0;
  while (cursor.position() < text.length) {
    const label = text[cursor.position()] === '\n' ? heredocs[ended] : undefined;
    if (label !== undefined) {
      ended++;
      cursor.say(cursor.position() + 1);
      cursor.say(heredocEnd(text, cursor.position() - 1, label), 'string');
    } else {
      const opened = step(text, cursor);
      if (opened) heredocs.push(opened);
    }
  }
  return cursor.end();
}

/** Goes on by what the state says of the place. The label of a heredoc that begins there, which ends below its line. */
function step(text: string, cursor: Cursor): string | null {
  const position = cursor.position();
  const { state, indent } = cursor.frame();
  if (text[position] === '\n' && state.untilDedent && dedents(text, position + 1, indent)) {
    cursor.leave(position);
    return null;
  }
  const plain = state.plain ? matchAt(state.plain, text, position) : null;
  const found = plain ? null : firstRule(state, text, position);
  if (found) cursor.follow(found.rule, position + found.length);
  else cursor.say(position + (plain?.[0].length ?? 1));
  return (found?.rule.heredoc && found.label) || null;
}

function firstRule(state: Compiled, text: string, position: number) {
  for (const { rule, match } of state.rules) {
    const found = matchAt(match, text, position);
    if (found && (found[0].length > 0 || rule.push || rule.goto || rule.pop)) {
      return { rule, length: found[0].length, label: found[2] };
    }
  }
  return null;
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

/** A line that is not blank and indented no deeper than `indent`. */
function dedents(text: string, lineStart: number, indent: number): boolean {
  const width = indentAt(text, lineStart);
  const next = text[lineStart + width];
  return next !== undefined && next !== '\n' && next !== '\r' && width <= indent;
}

/** Where the line that ends a heredoc ends, or the text. */
function heredocEnd(text: string, newline: number, label: string): number {
  for (let line = newline; line !== -1; line = text.indexOf('\n', line + 1)) {
    const next = text.indexOf('\n', line + 1);
    const end = next === -1 ? text.length : next;
    if (text.slice(line + 1, Math.min(end, line + 1 + 400)).trim() === label) return end;
  }
  return text.length;
}
