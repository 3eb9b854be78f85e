import { follow, hasBody, type Nesting } from './blocks.ts';
import type { Token } from './token.ts';

/** The tokens of one statement, without what ends it. */
export interface Cut {
  readonly tokens: readonly Token[];
  /** True where the text ends inside of a body. */
  readonly unclosed: boolean;
}

/** Cuts tokens into statements. A `;` inside of BEGIN … END ends none, also where no DELIMITER was said. */
export function splitMysql(tokens: readonly Token[]): readonly Cut[] {
  const cuts: Cut[] = [];
  let current: Token[] = [];
  let nesting: Nesting | null = null;
  for (const token of tokens) {
    if (endsStatement(token, nesting)) {
      if (current.length > 0) cuts.push({ tokens: current, unclosed: false });
      current = [];
      nesting = null;
      continue;
    }
    current.push(token);
    if (nesting) follow(nesting, token);
    else if (current.length <= longestHead && hasBody(current)) nesting = opened(current);
  }
  if (current.length > 0) cuts.push({ tokens: current, unclosed: (nesting?.open.length ?? 0) > 0 });
  return cuts;
}

const longestHead = 16;

/** With another delimiter a `;` still ends what has no body: a client sends both statements at once. */
function endsStatement({ kind, text }: Token, nesting: Nesting | null): boolean {
  if (text !== ';') return kind === 'end';
  if (kind === 'end') return nesting === null || nesting.open.length === 0;
  return kind === 'symbol' && nesting === null;
}

function opened(tokens: readonly Token[]): Nesting {
  const nesting: Nesting = { open: [], previous: null };
  // The IF of CREATE PROCEDURE IF NOT EXISTS opens nothing.
  if (tokens[0]?.word === 'CREATE') nesting.previous = tokens.at(-1) ?? null;
  else for (const token of tokens) follow(nesting, token);
  return nesting;
}
