import { addColumn, dropColumn, dropDefault, dropNotNull, editColumn, renameColumn } from './change-column.ts';
import {
  addIndex,
  addPrimaryKey,
  addUnique,
  dropCheck,
  dropConstraint,
  dropForeignKeys,
  dropIndexes,
  renameConstraint,
  renameIndex,
} from './change-constraint.ts';
import type { DraftTable } from './draft-table.ts';
import type { Operation } from './operation.ts';

/** The operations that change one table from the inside. */
export type TableOperation = Exclude<
  Operation,
  {
    kind:
      | 'create-table'
      | 'drop-table'
      | 'rename-table'
      | 'create-view'
      | 'drop-view'
      | 'create-enum'
      | 'drop-enum'
      | 'rename-enum'
      | 'add-enum-value'
      | 'rename-enum-value'
      | 'set-comment'
      | 'change-table-options'
      | 'enable-extension'
      | 'validate-constraint'
      | 'run-data-change'
      | 'reindex'
      | 'truncate'
      | 'lock-table'
      | 'rewrite-table'
      | 'maintain-table'
      | 'refresh-view'
      | 'attach-partition'
      | 'detach-partition'
      | 'create-object'
      | 'alter-object'
      | 'drop-object'
      | 'change-privileges'
      | 'opaque';
  }
>;

/** Does an operation to the table. A column or constraint that is not there is left alone. */
export function changeTable(table: DraftTable, operation: TableOperation): void {
  switch (operation.kind) {
    case 'add-column':
      return addColumn(table, operation.column);
    case 'drop-column':
      return dropColumn(table, operation.column);
    case 'rename-column':
      return renameColumn(table, operation.column, operation.to);
    case 'change-type':
      return editColumn(table, operation.column, { type: operation.type });
    case 'set-not-null':
      return editColumn(table, operation.column, { nullable: false });
    case 'drop-not-null':
      return dropNotNull(table, operation.column);
    case 'set-default':
      return editColumn(table, operation.column, { default: operation.default });
    case 'drop-default':
      return dropDefault(table, operation.column);
    case 'set-generated':
      return editColumn(table, operation.column, { generated: operation.generated });
    case 'create-index':
      return addIndex(table, operation);
    case 'drop-index':
    case 'drop-unique':
      return dropIndexes(table, operation);
    case 'rename-index':
      return renameIndex(table, operation.name, operation.to);
    case 'add-primary-key':
      return addPrimaryKey(table, operation);
    case 'add-unique':
      return addUnique(table, operation);
    case 'add-foreign-key':
      table.foreignKeys.push(operation.foreignKey);
      return;
    case 'drop-foreign-key':
      return dropForeignKeys(table, operation);
    case 'add-check':
      table.checks.push(operation.check);
      return;
    case 'drop-check':
      return dropCheck(table, operation);
    case 'drop-constraint':
      return dropConstraint(table, operation.name);
    case 'rename-constraint':
      return renameConstraint(table, operation.name, operation.to);
    case 'add-exclusion':
    case 'drop-exclusion':
      return;
  }
}
