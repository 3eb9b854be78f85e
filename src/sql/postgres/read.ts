import type { Operation } from '../../schema/operation.ts';
import type { Place, SqlStatement } from '../statement.ts';
import { type Context, opaque, type Tree } from './context.ts';
import { effectOf } from './effects.ts';
import { type Memory, newMemory } from './memory.ts';
import { type ParsedPiece, parsedPieces } from './pieces.ts';
import { refused } from './refused.ts';
import { readStatement } from './statements.ts';

/**
 * Reads a SQL text of PostgreSQL, of any length and state: a statement that the grammar of PostgreSQL 18 refuses becomes
 * an `opaque` operation, and so does what psql or a template would put in its place. Offsets given to `place` are UTF-16
 * units of the text. It goes on from what `memory` has of earlier texts. Never throws.
 */
export function readPostgres(text: string, place: Place, memory: Memory = newMemory()): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  for (const piece of parsedPieces(wellFormed(text), place)) {
    const { source, start, end, conditional, node } = piece;
    const statement = statements.length;
    const context: Context = { source, start, end, statement, conditional, batched: false, memory, inner };
    const effect = node ? effectOf(node) : null;
    statements.push({ at: source.at(start), operations: operationsOf(context, piece), effect });
  }
  return statements;
}

function operationsOf(context: Context, piece: ParsedPiece): readonly Operation[] {
  return piece.node ? readNode(context, piece.node) : refused(context, piece);
}

/** What concerns a table that only this session sees concerns nobody else. */
function readNode(context: Context, node: Tree): readonly Operation[] {
  const operations = readSafely(context, node);
  const { temporary } = context.memory;
  if (temporary.size === 0) return operations;
  const seen = operations.filter(({ table }) => table === null || !temporary.has(table));
  for (const { kind, table } of operations) if (kind === 'drop-table') temporary.delete(table);
  return seen;
}

/** Trees are as deep as the parser lets them be; what reads them is not made for the deepest. */
function readSafely(context: Context, node: Tree): readonly Operation[] {
  try {
    return readStatement(context, node);
  } catch (error) {
    if (error instanceof RangeError) return [opaque(context, 'it is nested too deep', true)];
    throw error;
  }
}

const inner: Context['inner'] = {
  node: readNode,
  text: (context, sql, place) => {
    const operations: Operation[] = [];
    for (const piece of parsedPieces(wellFormed(sql), place)) {
      const { source, start, end } = piece;
      const conditional = context.conditional || piece.conditional;
      for (const each of operationsOf({ ...context, source, start, end, conditional }, piece)) operations.push(each);
    }
    return operations;
  },
};

/** Half of a surrogate pair has no UTF-8, and a byte order mark is no part of the first word. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replace(/^\uFEFF/, ' ');
}
