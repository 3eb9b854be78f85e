import type { RawStmt } from 'libpg-query';

import { parser, renew } from './parser-module.ts';

export type Parsed<Tree> =
  | { readonly ok: true; readonly tree: Tree }
  /** PostgreSQL's own words, which quote the text: one clause. */
  | { readonly ok: false; readonly reason: string };

/**
 * Parses statements with PostgreSQL 18's own grammar. `stmt_location`, `stmt_len` and every `location` of the tree count
 * UTF-8 bytes, and are left out where they are 0. One syntax error refuses the whole text.
 */
export function parseStatements(text: string): Parsed<readonly RawStmt[]> {
  return guarded(() =>
    withText(text, (pointer) => {
      const result = parser._wasm_parse_query_raw(pointer);
      try {
        return readResult(result);
      } finally {
        parser._wasm_free_parse_result(result);
      }
    }),
  );
}

/** Parses the body of one DO, CREATE FUNCTION or CREATE PROCEDURE statement in PL/pgSQL. */
export function parseBody(statement: string): Parsed<unknown> {
  return guarded(() =>
    withText(statement, (pointer) => {
      const result = parser._wasm_parse_plpgsql(pointer);
      try {
        const answer = parser.UTF8ToString(result);
        return answer.startsWith('{') ? { ok: true, tree: JSON.parse(answer) as unknown } : refusal(answer);
      } finally {
        parser._wasm_free_string(result);
      }
    }),
  );
}

/** A result is a tree as JSON, a text of warnings and an error; an error is a message and its place. */
function readResult(result: number): Parsed<readonly RawStmt[]> {
  const error = parser.getValue(result + 8, 'i32');
  if (error !== 0) return refusal(parser.UTF8ToString(parser.getValue(error, 'i32')));
  const tree = JSON.parse(parser.UTF8ToString(parser.getValue(result, 'i32'))) as { stmts?: RawStmt[] };
  return { ok: true, tree: tree.stmts ?? [] };
}

const longestReason = 120;

function refusal(message: string): { readonly ok: false; readonly reason: string } {
  const line = message.replace(/\s+/g, ' ').trim();
  return { ok: false, reason: line.length > longestReason ? `${line.slice(0, longestReason)}…` : line };
}

function withText<Result>(text: string, use: (pointer: number) => Result): Result {
  const bytes = parser.lengthBytesUTF8(text) + 1;
  const pointer = parser._malloc(bytes);
  try {
    parser.stringToUTF8(text, pointer, bytes);
    return use(pointer);
  } finally {
    parser._free(pointer);
  }
}

/** What overflows the stack throws and leaves the parser's memory in disorder. */
function guarded<Tree>(parse: () => Parsed<Tree>): Parsed<Tree> {
  try {
    return parse();
  } catch {
    renew();
    return { ok: false, reason: 'it is nested too deep' };
  }
}
