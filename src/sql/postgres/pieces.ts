import type { RawStmt } from 'libpg-query';

import type { Place } from '../statement.ts';
import type { Tree } from './context.ts';
import { type Cut, cut, type Piece } from './cut.ts';
import { parseStatements } from './parser.ts';
import { type Source, sourceOf } from './source.ts';

/** A statement of a text, parsed or refused. */
export interface ParsedPiece {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  /** Null where it was refused. */
  readonly node: Tree | null;
  /** Why; completes "could not be read: …". */
  readonly refused: string | null;
  readonly conditional: boolean;
  readonly psql: boolean;
}

/**
 * How much is parsed in one call, in UTF-16 units. A syntax error refuses all of it, so that it is parsed again in
 * smaller parts, in the end one by one. That makes at most three times.
 */
const sizes = [1024 * 1024, 32 * 1024, 0] as const;

/** Parses every statement of a text, in order. A statement that is refused costs only itself. */
export function parsedPieces(text: string, place: Place): readonly ParsedPiece[] {
  const whole = cut(text);
  return together(whole, whole.pieces, place, 0);
}

function together(whole: Cut, pieces: readonly Piece[], place: Place, level: 0 | 1 | 2): ParsedPiece[] {
  const parsed: ParsedPiece[] = [];
  for (const group of groupsOf(pieces, sizes[level])) {
    for (const piece of parseGroup(whole, group, place, level)) parsed.push(piece);
  }
  return parsed;
}

function groupsOf(pieces: readonly Piece[], size: number): readonly (readonly Piece[])[] {
  const groups: Piece[][] = [];
  let open: Piece[] = [];
  for (const piece of pieces) {
    const first = open[0];
    const before = open.at(-1);
    if (
      first &&
      (before?.last || before?.refused != null || piece.refused !== null || piece.end - first.start > size)
    ) {
      groups.push(open);
      open = [];
    }
    open.push(piece);
  }
  return open.length > 0 ? [...groups, open] : groups;
}

function parseGroup(whole: Cut, group: readonly Piece[], place: Place, level: 0 | 1 | 2): readonly ParsedPiece[] {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return [];
  const source = sourceOf(whole.text, first.start, last.end, place);
  if (first.refused !== null) return [{ ...first, source, node: null }];
  const result = parseStatements(whole.text.slice(first.start, last.end));
  if (result.ok) return trees(result.tree, group, source, last.end);
  if (group.length === 1) return [{ ...first, source, node: null, refused: result.reason }];
  return together(whole, group, place, level === 0 ? 1 : 2);
}

function trees(
  statements: readonly RawStmt[],
  group: readonly Piece[],
  source: Source,
  end: number,
): readonly ParsedPiece[] {
  let index = 0;
  return statements.flatMap(({ stmt, stmt_location = 0, stmt_len }): ParsedPiece[] => {
    if (!stmt) return [];
    const start = source.offset(stmt_location);
    while ((group[index]?.end ?? end) < start) index++;
    const conditional = group[index]?.conditional ?? false;
    const stop = stmt_len === undefined ? end : source.offset(stmt_location + stmt_len);
    return [{ source, start, end: stop, node: stmt, refused: null, conditional, psql: false }];
  });
}
