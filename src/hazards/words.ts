import { type Operation, summarise } from '../schema/operation.ts';
import type { Evidence } from './hazard.ts';

/** A name as people and templates read it: between backticks, which reports turn into safe code. */
export function code(name: string): string {
  return `\`${name.replaceAll('`', "'")}\``;
}

export function needed({ table, column }: { readonly table: string; readonly column: string | null }): string {
  return code(column === null ? table : `${table}.${column}`);
}

/** `path:line` of the best evidence, in backticks. */
export function place(evidence: readonly Evidence[]): string {
  const best = evidence[0];
  return best ? code(`${best.at.path}:${best.at.line}`) : 'a line that was not kept';
}

/**
 * What people do instead of a rename, which breaks old or new code whatever comes first: the name in the code changes,
 * the one in the database stays. Null: the operation is no rename.
 */
export function insteadOfRename(operation: Operation): string | null {
  const what = operation.kind === 'rename-column' ? 'column' : operation.kind === 'rename-table' ? 'table' : null;
  return what && `Keep the ${what} and map its new name to it in the model: one pull request, no migration.`;
}

/** A table's name as the people's word for what it holds: `comment_locks` are "comment locks". */
export function things(table: string): string {
  return /^[a-z][a-z0-9_]{0,40}$/.test(table) ? table.replaceAll('_', ' ') : code(table);
}

/** An operation as people read it: "add column `comments.hidden_at`". */
export function step(operation: Operation): string {
  if (operation.kind === 'opaque') return 'a statement that could not be read';
  const { kind, table, column, name } = summarise(operation);
  const subject = table === null ? (name === null ? '' : ` ${code(name)}`) : ` ${needed({ table, column })}`;
  return `${kind.replaceAll('-', ' ')}${subject}`;
}

/** A range of seconds in words; where both ends are the same there is no range to tell. */
export function seconds([shortest, longest]: readonly [number, number]): string {
  return shortest === longest ? `about ${shortest} s` : `${shortest} to ${longest} s`;
}
