import { replay } from '../schema/apply.ts';
import type { Operation } from '../schema/operation.ts';
import { hasColumn, hasTable, type Schema } from '../schema/schema.ts';

/**
 * The first operation that a database refuses because its work is done already: what it creates is there, or what it
 * takes away is not. Null where none is known to be.
 */
export function firstRefused(operations: readonly Operation[], start: Schema): Operation | null {
  for (const { operation, schema } of replay(start, operations)) {
    if (!operation.conditional && isDone(operation, schema)) return operation;
  }
  return null;
}

function isDone(operation: Operation, schema: Schema): boolean {
  const { tables } = schema;
  switch (operation.kind) {
    case 'create-table':
      return !operation.replaces && tables.has(operation.table);
    case 'drop-table':
    case 'rename-table':
      return !hasTable(schema, operation.table);
    case 'add-column':
      return tables.get(operation.table)?.columns.has(operation.column.name) ?? false;
    case 'drop-column':
    case 'rename-column':
      return hasTable(schema, operation.table) && !hasColumn(schema, operation.table, operation.column);
    case 'create-index':
      return isNamed(tables.get(operation.table)?.indexes, operation.index.name);
    case 'add-foreign-key':
      return isNamed(tables.get(operation.table)?.foreignKeys, operation.foreignKey.name);
    case 'add-check':
      return isNamed(tables.get(operation.table)?.checks, operation.check.name);
    case 'create-enum':
      return schema.enums.has(operation.name);
    default:
      return false;
  }
}

function isNamed(things: readonly { readonly name: string | null }[] | undefined, name: string | null): boolean {
  return name !== null && (things ?? []).some((thing) => thing.name === name);
}
