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

export interface Lexed {
  readonly spans: readonly Span[];
  readonly islands: readonly Island[];
}

/** Where the lexer stands in a text, the states around it, and what it has told apart so far. */
export interface Cursor {
  readonly position: () => number;
  readonly frame: () => Frame;
  /** All up to `end` is of that kind; left out: of the state's own. */
  readonly say: (end: number, kind?: Kind) => void;
  /** Takes what a rule matched. */
  readonly follow: (rule: Rule, end: number) => void;
  /** Goes back to the state around, if there is one. */
  readonly leave: (end: number) => void;
  readonly end: () => Lexed;
}

export interface Frame {
  readonly state: Compiled;
  readonly indent: number;
  readonly islandStart: number | null;
}

/** States nest at most this deep; a mark that would go deeper is passed over. */
const maxDepth = 80;

export function cursorOver(text: string, language: Language): Cursor {
  const states = compiled(language);
  const spans: Span[] = [];
  const islands: Island[] = [];
  const stack: Frame[] = [{ state: stateOf(states, language.start), indent: -1, islandStart: null }];
  let position = 0;
  const frame = (): Frame => stack.at(-1) as Frame;

  const say = (end: number, kind: Kind = frame().state.kind): void => {
    const last = spans.at(-1);
    if (last && last.kind === kind) spans[spans.length - 1] = { ...last, end };
    else if (end > position) spans.push({ start: position, end, kind });
    position = end;
  };
  const leave = (end: number): void => {
    const left = stack.length > 1 ? stack.pop() : undefined;
    if (left?.islandStart != null && left.state.island) {
      islands.push({ start: left.islandStart, end, role: left.state.island });
    }
  };
  const enter = (name: string, start: number): void => {
    const state = stateOf(states, name);
    const nested = stack.some(({ islandStart }) => islandStart !== null);
    const indent = state.untilDedent ? indentAt(text, position) : -1;
    stack.push({ state, indent, islandStart: state.island && !nested ? start : null });
  };
  const follow = (rule: Rule, end: number): void => {
    const begin = position;
    say(end, rule.kind);
    if (rule.pop || rule.goto) leave(rule.inside && rule.pop ? end : begin);
    const next = rule.push ?? rule.goto;
    if (next && stack.length < maxDepth) enter(next, rule.inside ? begin : end);
  };
  const end = (): Lexed => {
    while (stack.length > 1) leave(text.length);
    return { spans, islands: islands.sort((one, other) => one.start - other.start) };
  };
  return { position: () => position, frame, say, follow, leave, end };
}

/** How far the line around a position is indented; looked for no further than any template indents. */
export function indentAt(text: string, position: number): number {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  let width = 0;
  while (width < 400 && (text[start + width] === ' ' || text[start + width] === '\t')) width++;
  return width;
}
