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
 * How much is parsed in one call, in UTF-16 units: the tree of a statement takes some fifty times its room. A syntax
 * error refuses all of it, so that it is parsed again in smaller parts, in the end one by one: at most three times.
 */
const sizes = [256 * 1024, 16 * 1024, 0] as const;

/** Parses every statement of a text, in order. A statement that is refused costs only itself. */
export function* parsedPieces(text: string, place: Place): Generator<ParsedPiece> {
  const whole = cut(text);
  yield* together(whole, whole.pieces, place, 0);
}

function* together(whole: Cut, pieces: readonly Piece[], place: Place, level: 0 | 1 | 2): Generator<ParsedPiece> {
  for (const group of groupsOf(pieces, sizes[level])) yield* parseGroup(whole, group, place, level);
}

function* groupsOf(pieces: readonly Piece[], size: number): Generator<readonly Piece[]> {
  let open: Piece[] = [];
  for (const piece of pieces) {
    const [first] = open;
    if (
      first &&
      (open.at(-1)?.last || first.refused !== null || piece.refused !== null || piece.end - first.start > size)
    ) {
      yield open;
      open = [];
    }
    open.push(piece);
  }
  if (open.length > 0) yield open;
}

function* parseGroup(whole: Cut, group: readonly Piece[], place: Place, level: 0 | 1 | 2): Generator<ParsedPiece> {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return;
  const source = sourceOf(whole.text, first.start, last.end, place);
  const result = first.refused === null ? parseStatements(whole.text.slice(first.start, last.end)) : null;
  if (result?.ok) yield* trees(result.tree, group, source, last.end);
  else if (group.length > 1) yield* together(whole, group, place, level === 0 ? 1 : 2);
  else yield { ...first, source, node: null, refused: result ? result.reason : first.refused };
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
