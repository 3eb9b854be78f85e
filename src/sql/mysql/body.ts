import type { Token } from './token.ts';

/** A statement of a routine's body. `conditional`: it stands in a branch, a loop or a handler. */
export interface BodyStatement {
  readonly tokens: readonly Token[];
  readonly conditional: boolean;
}

/** A place in a body; `open` holds for each block that is open whether what stands in it is conditional. */
interface Walk {
  readonly tokens: readonly Token[];
  readonly statements: BodyStatement[];
  readonly open: boolean[];
  position: number;
}

const repeating: ReadonlySet<string> = new Set(['LOOP', 'REPEAT', 'CASE']);
const headed: Readonly<Record<string, string>> = { IF: 'THEN', WHILE: 'DO', FOR: 'DO' };
const branches: Readonly<Record<string, string>> = { ELSEIF: 'THEN', WHEN: 'THEN', UNTIL: 'END' };

/** The statements of a body in order, without what controls them. */
export function bodyOf(tokens: readonly Token[]): readonly BodyStatement[] {
  const walk: Walk = { tokens, statements: [], open: [], position: 0 };
  while (walk.position < tokens.length) step(walk);
  return walk.statements;
}

function wordAt({ tokens, position }: Walk, ahead = 0): string {
  return tokens[position + ahead]?.word ?? '';
}

function step(walk: Walk): void {
  const word = wordAt(walk);
  if (isStop(walk.tokens[walk.position]) || word === 'ELSE') walk.position++;
  else if (word === 'BEGIN') begin(walk);
  else if (word === 'END') end(walk);
  else if (repeating.has(word)) open(walk, word === 'CASE' ? 'WHEN' : null);
  else if (Object.hasOwn(headed, word)) open(walk, headed[word] ?? null);
  else if (Object.hasOwn(branches, word)) skipTo(walk, branches[word] ?? '');
  else if (word === 'DECLARE') declare(walk);
  else if (walk.tokens[walk.position + 1]?.text === ':') walk.position += 2;
  else statement(walk);
}

function isStop(token: Token | undefined): boolean {
  return token?.text === ';' && (token.kind === 'symbol' || token.kind === 'end');
}

function begin(walk: Walk): void {
  walk.open.push(walk.open.at(-1) ?? false);
  walk.position += wordAt(walk, 1) === 'NOT' ? 3 : 1;
}

/** `END`, `END IF`, `END label`: up to what ends the statement. */
function end(walk: Walk): void {
  walk.open.pop();
  toStop(walk);
}

function open(walk: Walk, until: string | null): void {
  walk.open.push(true);
  if (until === null) walk.position++;
  else skipTo(walk, until);
}

/** Moves behind a keyword that stands in no parentheses and in no CASE expression; before it where it is WHEN or END. */
function skipTo(walk: Walk, wanted: string): void {
  let depth = 0;
  walk.position++;
  for (; walk.position < walk.tokens.length; walk.position++) {
    const token = walk.tokens[walk.position];
    if (depth === 0 && token?.word === wanted) break;
    if (token?.text === '(' || token?.word === 'CASE') depth++;
    if (token?.text === ')' || token?.word === 'END') depth--;
    if (depth <= 0 && isStop(token)) break;
  }
  if (wanted === 'THEN' || wanted === 'DO') walk.position++;
}

/** `DECLARE … HANDLER FOR … statement`: the statement may run. Any other declaration is passed over. */
function declare(walk: Walk): void {
  if (wordAt(walk, 2) !== 'HANDLER') return toStop(walk);
  while (walk.position < walk.tokens.length && !isStop(walk.tokens[walk.position])) {
    if (wordAt(walk) === 'BEGIN') {
      walk.open.push(true);
      walk.position++;
      return;
    }
    walk.position++;
  }
}

function statement(walk: Walk): void {
  const from = walk.position;
  toStop(walk);
  const tokens = walk.tokens.slice(from, walk.position);
  walk.statements.push({ tokens, conditional: walk.open.at(-1) ?? false });
}

function toStop(walk: Walk): void {
  while (walk.position < walk.tokens.length && !isStop(walk.tokens[walk.position])) walk.position++;
}
