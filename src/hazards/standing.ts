import type { Deploy } from '../deploy/deploy.ts';
import { timelineOf } from '../deploy/timeline.ts';
import { replay } from '../schema/apply.ts';
import type { ForeignKey, Operation } from '../schema/operation.ts';
import { hasTable, type Schema } from '../schema/schema.ts';

/**
 * This pull request's operations on tables that are there before its first one, under whatever name: a table that is new
 * in it is empty, so work on it takes no time. Left out is what does nothing, as where a squash creates what is there.
 */
export function* onStandingTables(deploy: Deploy): Generator<Operation> {
  const operations = deploy.migrations.flatMap((migration) => migration.operations);
  const fresh = new Set<string>();
  for (const { operation, schema } of replay(timelineOf(deploy).ownFirst, operations)) {
    const { table } = operation;
    const stands = table !== null && !fresh.has(table) && hasTable(schema, table);
    if (stands && !isThere(operation, schema)) yield operation;
    follow(operation, schema, fresh);
  }
}

/** Keeps the names of the tables that are new up to here. */
function follow(operation: Operation, schema: Schema, fresh: Set<string>): void {
  switch (operation.kind) {
    case 'create-table':
      if (operation.replaces || !hasTable(schema, operation.table)) fresh.add(operation.table);
      return;
    case 'drop-table':
      fresh.delete(operation.table);
      return;
    case 'rename-table':
      if (fresh.delete(operation.table)) fresh.add(operation.to);
      else fresh.delete(operation.to);
      return;
    default:
      return;
  }
}

/** Whether what it adds is there already: a condition keeps it from running, or the database refuses it at once. */
function isThere(operation: Operation, schema: Schema): boolean {
  if (operation.kind !== 'add-foreign-key') return false;
  const keys = schema.tables.get(operation.table)?.foreignKeys ?? [];
  return keys.some((key) => isSame(key, operation));
}

type AddForeignKey = Extract<Operation, { readonly kind: 'add-foreign-key' }>;

function isSame(key: ForeignKey, { foreignKey, conditional }: AddForeignKey): boolean {
  const alike =
    key.toTable === foreignKey.toTable &&
    key.columns.length === foreignKey.columns.length &&
    key.columns.every((column, index) => column === foreignKey.columns[index]);
  const unnamed = foreignKey.name?.startsWith('fk_rails_') ?? true;
  return alike && (key.name === foreignKey.name || (conditional && unnamed));
}
