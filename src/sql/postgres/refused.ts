import type { Operation } from '../../schema/operation.ts';
import { type Context, opaque, step } from './context.ts';
import type { ParsedPiece } from './pieces.ts';
import { tokenFrom } from './tokens.ts';

/** Statements that begin with these change no table's columns, constraints or indexes, whatever else they say. */
const harmless: ReadonlySet<string> = new Set(
  `select insert update delete merge with values table explain show set reset copy begin start commit end rollback abort
  savepoint release truncate comment grant revoke analyze analyse vacuum reindex cluster refresh lock listen notify
  unlisten discard checkpoint fetch close declare deallocate`.split(/\s+/),
);

/** A statement that did not reach the parser, or that it refused. */
export function refused(context: Context, { refused: reason, psql }: ParsedPiece): readonly Operation[] {
  return psql
    ? terminal(context, reason ?? '')
    : [opaque(context, reason ?? 'it is no statement', endless(reason) || mayChange(context))];
}

/** What never ends has swallowed the statements behind it. */
function endless(reason: string | null): boolean {
  return reason?.endsWith('never ends') ?? false;
}

function mayChange({ source, start }: Context): boolean {
  const first = tokenFrom(source.text, start);
  return !first || !harmless.has(source.text.slice(first.start, first.end).toLowerCase());
}

/** Lines of psql's that stand for statements: what they run may be anything, what they copy are rows. */
function terminal(context: Context, reason: string): readonly Operation[] {
  if (!reason.startsWith('psql copies')) return [opaque(context, reason, reason.startsWith('psql runs'))];
  return [{ kind: 'run-data-change', table: null, change: 'insert', columns: [], batched: false, ...step(context) }];
}
