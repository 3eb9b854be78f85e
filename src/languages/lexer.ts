import {
  type Compiled,
  compiled,
  type Island,
  type Kind,
  type Language,
  type Rule,
  type Span,
  stateOf,
} from './lexer-table.ts';

export type { Island, Kind, Language, Span } from './lexer-table.ts';

export interface Lexed {
  readonly spans: readonly Span[];
  readonly islands: readonly Island[];
}

/** States nest at most this deep; a mark that would go deeper is passed over. */
const maxDepth = 80;

interface Frame {
  readonly state: Compiled;
  readonly indent: number;
  readonly islandStart: number | null;
}

/** Tells code, strings, comments and text of a file apart, and finds the islands of a template. Linear in its length. */
export function lex(text: string, language: Language): Lexed {
  const states = compiled(language);
  const spans: Span[] = [];
  const islands: Island[] = [];
  const heredocs: string[] = [];
  let heredoc = 0;
  const stack: Frame[] = [{ state: stateOf(states, language.start), indent: -1, islandStart: null }];
  let position = 0;

  const say = (end: number, kind: Kind): void => {
    const last = spans.at(-1);
    if (last && last.kind === kind) spans[spans.length - 1] = { ...last, end };
    else if (end > position) spans.push({ start: position, end, kind });
    position = end;
  };
  const leave = (end: number): void => {
    const frame = stack.length > 1 ? stack.pop() : undefined;
    if (frame?.islandStart != null && frame.state.island) {
      islands.push({ start: frame.islandStart, end, role: frame.state.island });
    }
  };
  const enter = (name: string, start: number): void => {
    const state = stateOf(states, name);
    const nested = stack.some(({ islandStart }) => islandStart !== null);
    stack.push({
      state,
      indent: state.untilDedent ? indentAt(text, position) : -1,
      islandStart: state.island && !nested ? start : null,
    });
  };
  const follow = (rule: Rule, end: number): void => {
    const begin = position;
    say(end, rule.kind ?? (stack.at(-1) as Frame).state.kind);
    if (rule.pop || rule.goto) leave(rule.inside && rule.pop ? end : begin);
    const next = rule.push ?? rule.goto;
    if (next && stack.length < maxDepth) enter(next, rule.inside ? begin : end);
  };

  while (position < text.length) {
    const { state, indent } = stack.at(-1) as Frame;
    if (text[position] === '\n') {
      const label = heredocs[heredoc];
      if (label !== undefined) {
        heredoc++;
        say(position + 1, state.kind);
        say(heredocEnd(text, position, label), 'string');
        continue;
      }
      if (state.untilDedent && dedents(text, position + 1, indent)) {
        leave(position);
        continue;
      }
    }
    const plain = state.plain ? matchAt(state.plain, text, position) : null;
    if (plain) {
      say(position + plain[0].length, state.kind);
      continue;
    }
    const found = firstRule(state, text, position);
    if (!found) say(position + 1, state.kind);
    else {
      if (found.rule.heredoc && found.label) heredocs.push(found.label);
      follow(found.rule, position + found.length);
    }
  }
  while (stack.length > 1) leave(text.length);
  return { spans, islands: islands.sort((one, other) => one.start - other.start) };
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

/** How far the line around a position is indented; looked for no further than any template indents. */
function indentAt(text: string, position: number): number {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  let width = 0;
  while (width < 400 && (text[start + width] === ' ' || text[start + width] === '\t')) width++;
  return width;
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
