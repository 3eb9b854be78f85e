import type { Operation } from '../../schema/operation.ts';
import type { Place, SqlStatement } from '../statement.ts';
import type { Context, Tree } from './context.ts';
import { effectOf } from './effects.ts';
import { newMemory } from './memory.ts';
import { type ParsedPiece, parsedPieces } from './pieces.ts';
import { refused } from './refused.ts';
import { readStatement } from './statements.ts';

/**
 * Reads a SQL text of PostgreSQL, of any length and state: a statement that the grammar of PostgreSQL 18 refuses becomes
 * an `opaque` operation, and so does what psql or a template would put in its place. Offsets given to `place` are UTF-16
 * units of the text. Never throws.
 */
export function readPostgres(text: string, place: Place): readonly SqlStatement[] {
  const memory = newMemory();
  return parsedPieces(wellFormed(text), place).map((piece, statement) => {
    const { source, start, end, conditional, node } = piece;
    const context: Context = { source, start, end, statement, conditional, batched: false, memory, inner };
    return { at: source.at(start), operations: operationsOf(context, piece), effect: node ? effectOf(node) : null };
  });
}

function operationsOf(context: Context, piece: ParsedPiece): readonly Operation[] {
  return piece.node ? readNode(context, piece.node) : refused(context, piece);
}

/** What concerns a table that only this session sees concerns nobody else. */
function readNode(context: Context, node: Tree): readonly Operation[] {
  const operations = readStatement(context, node);
  const { temporary } = context.memory;
  if (temporary.size === 0) return operations;
  const seen = operations.filter(({ table }) => table === null || !temporary.has(table));
  for (const { kind, table } of operations) if (kind === 'drop-table') temporary.delete(table);
  return seen;
}

const inner: Context['inner'] = {
  node: readNode,
  text: (context, sql, place) =>
    parsedPieces(wellFormed(sql), place).flatMap((piece) => {
      const { source, start, end } = piece;
      const conditional = context.conditional || piece.conditional;
      return operationsOf({ ...context, source, start, end, conditional }, piece);
    }),
};

/** Half of a surrogate pair has no UTF-8. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
