import type { Token } from './token.ts';

/** The blocks of a routine's body that are open. An `expression` is a CASE inside of a statement. */
type Block = 'block' | 'expression';

/** Follows the tokens of one statement and tells whether a delimiter ends it or stands inside of a body. */
export interface Nesting {
  readonly open: Block[];
  previous: Token | null;
}

const openers: ReadonlySet<string> = new Set(['IF', 'WHILE', 'LOOP', 'REPEAT', 'FOR', 'CASE']);
const before: ReadonlySet<string> = new Set(['BEGIN', 'THEN', 'ELSE', 'DO', 'LOOP', 'REPEAT', 'ROW', 'ATOMIC']);
const routines: ReadonlySet<string> = new Set(['PROCEDURE', 'FUNCTION', 'TRIGGER', 'EVENT', 'PACKAGE']);
const others: ReadonlySet<string> = new Set(['TABLE', 'INDEX', 'VIEW', 'DATABASE', 'SCHEMA', 'USER', 'ROLE']);

/** As far as the words before a routine's name reach: OR REPLACE DEFINER = 'a'@'b' SQL SECURITY and the like. */
const headLength = 16;

/** Whether a statement that begins with these tokens has a body with statements of its own. */
export function hasBody(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first?.word === 'BEGIN') return second?.word === 'NOT';
  if (first?.word === 'IF') return true;
  if (first?.word !== 'CREATE') return false;
  for (const { word } of tokens.slice(1, headLength)) {
    if (routines.has(word)) return true;
    if (others.has(word)) return false;
  }
  return false;
}

/** Takes the next token of a body into account. */
export function follow(nesting: Nesting, token: Token): void {
  const { open, previous } = nesting;
  if (token.word === 'END') open.pop();
  else if (token.word === 'BEGIN') {
    if (opensBlock(previous)) open.push('block');
  } else if (openers.has(token.word) && previous?.word !== 'END') {
    if (startsStatement(nesting)) open.push('block');
    else if (token.word === 'CASE') open.push('expression');
  }
  nesting.previous = token;
}

/** BEGIN is also a name that a column may have. */
function opensBlock(previous: Token | null): boolean {
  if (previous?.kind !== 'symbol') return true;
  return previous.text === ')' || previous.text === ':' || previous.text === ';';
}

function startsStatement({ open, previous }: Nesting): boolean {
  if (previous === null || previous.kind === 'end') return true;
  if (previous.kind === 'symbol') return previous.text === ';' || previous.text === ':';
  return before.has(previous.word) && open.at(-1) !== 'expression';
}
