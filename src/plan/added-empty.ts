import type { Migration } from '../schema/migration.ts';

/**
 * Whether a column is new in these migrations and empty in every row: nothing of its value stands anywhere yet, so
 * nothing need be looked for. A default, NOT NULL (MySQL then fills in zeros) or any change of rows may have filled it.
 */
export function addedEmpty(migrations: readonly Migration[], table: string, column: string): boolean {
  const operations = migrations.flatMap((migration) => migration.operations);
  const fills = operations.some(
    ({ kind, table: on }) => (kind === 'run-data-change' || kind === 'opaque') && (on === null || on === table),
  );
  return (
    !fills &&
    operations.some(
      (operation) =>
        operation.kind === 'add-column' &&
        operation.table === table &&
        operation.column.name === column &&
        operation.column.nullable &&
        operation.column.default === null &&
        operation.column.generated === null &&
        !operation.conditional,
    )
  );
}
