import { constantName } from './class-parts.ts';
import { answers, asking, batches, bulkChanges, oneRow, quiet, resent, rowChanges, turns } from './data-words.ts';
import { changesSchema, givesDatabase, runsMigration } from './elsewhere.ts';
import type { Call, Row } from './value.ts';

/** Whether a call on a model, relation or row is one of Active Record's own, or an attribute's. */
export function isUnderstood(method: string): boolean {
  const name = quiet(method);
  return (
    /^\w+[=?]$/.test(method) ||
    [answers, asking, batches, oneRow, turns, resent].some((words) => words.has(name) || words.has(method)) ||
    bulkChanges.has(name) ||
    rowChanges.has(name)
  );
}

/** Calls on a constant were looked at before. */
function fromConstant(call: Call): boolean {
  return constantName(call.node.receiver) !== null;
}

/** A method of the model that a relation hands on: `User.active.publish_all!`. */
export function runsScope(call: Call): boolean {
  if (fromConstant(call)) return false;
  return givesDatabase(call) || (call.name.endsWith('!') && !isUnderstood(call.name));
}

/** A method that the class itself has: `Backfill.new.run`, `user.recalculate!`. */
export function runsOwnCode(row: Row, call: Call): boolean {
  if (givesDatabase(call) || (row.fresh && (runsMigration(call) || changesSchema(call)))) return true;
  return call.statement && (row.fresh || call.name.endsWith('!')) && !isUnderstood(call.name);
}
