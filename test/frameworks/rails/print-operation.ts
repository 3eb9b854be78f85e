import type { Column, ColumnType, ForeignKey, Operation } from '../../../src/schema/operation.ts';

/**
 * One operation as one line: kind, what it is about, its details, `?` where a condition decides, then `@line` and the
 * number of its statement: `add-column comments.moderated_at datetime null @3 #0`.
 */
export function printOperation(operation: Operation): string {
  const { conditional, at, statement } = operation;
  return [...words(operation), conditional ? '?' : '', `@${at.line}`, `#${statement}`]
    .filter((word) => word !== '')
    .join(' ');
}

function words(operation: Operation): readonly string[] {
  const { kind } = operation;
  const of = (column: string) => `${operation.table}.${column}`;
  switch (operation.kind) {
    case 'create-table':
      return [
        kind,
        operation.table,
        `(${operation.columns.map(printColumn).join(', ')})`,
        operation.primaryKey.length > 0 ? `key ${operation.primaryKey.join(', ')}` : 'no key',
        operation.replaces ? 'replaces' : '',
        ...(operation.from ?? []).map(
          ({ manner, table, including }) =>
            `${manner} ${table}${including.length > 0 ? ` (${including.join(', ')})` : ''}`,
        ),
        operation.open === true ? 'open' : '',
      ];
    case 'add-column':
      return [kind, of(printColumn(operation.column))];
    case 'drop-column':
    case 'set-not-null':
    case 'drop-not-null':
    case 'drop-default':
      return [kind, of(operation.column)];
    case 'rename-column':
      return [kind, of(operation.column), 'to', operation.to];
    case 'change-type':
      return [
        kind,
        of(operation.column),
        printType(operation.type),
        operation.using === undefined ? '' : `using ${operation.using}`,
      ];
    case 'set-generated':
      return [kind, of(operation.column), operation.generated ?? 'no longer'];
    case 'set-default':
      return [kind, of(operation.column), JSON.stringify(operation.default)];
    case 'set-comment':
      return [kind, operation.column === null ? operation.table : of(operation.column)];
    case 'rename-table':
      return [kind, operation.table, 'to', operation.to];
    case 'create-index': {
      const { index } = operation;
      return [
        kind,
        `${operation.table}(${index.columns.join(', ')})`,
        index.name ?? '(no name)',
        index.unique ? 'unique' : '',
        index.where === null ? '' : `where ${index.where}`,
        operation.concurrently
          ? 'concurrently'
          : operation.algorithm === null
            ? ''
            : `algorithm ${operation.algorithm}`,
        operation.only === true ? 'only' : '',
      ];
    }
    case 'drop-index':
      return [
        kind,
        target(operation.table, operation.columns),
        operation.name ?? '',
        operation.concurrently ? 'concurrently' : '',
      ];
    case 'rename-index':
    case 'rename-constraint':
      return [kind, operation.table ?? '', operation.name, 'to', operation.to];
    case 'reindex':
      return [kind, operation.table ?? '', operation.name ?? '', operation.concurrently ? 'concurrently' : ''];
    case 'drop-constraint':
      return [kind, operation.table, operation.name];
    case 'attach-partition':
      return [kind, operation.table, operation.partition];
    case 'detach-partition':
      return [kind, operation.table, operation.partition, operation.concurrently ? 'concurrently' : ''];
    case 'truncate':
      return [kind, operation.table, operation.cascade ? 'cascade' : ''];
    case 'lock-table':
      return [kind, operation.table, operation.mode];
    case 'rewrite-table':
    case 'maintain-table':
      return [kind, operation.table ?? '(every table)', operation.manner];
    case 'refresh-view':
      return [kind, operation.table, operation.concurrently ? 'concurrently' : ''];
    case 'create-object':
    case 'drop-object':
      return [kind, operation.object, operation.name, operation.table === null ? '' : `on ${operation.table}`];
    case 'alter-object':
      return [
        kind,
        operation.object,
        operation.name,
        operation.table === null ? '' : `on ${operation.table}`,
        JSON.stringify(operation.change),
      ];
    case 'change-privileges':
      return [kind, operation.table ?? '', operation.revokes ? 'revokes' : 'grants'];
    case 'add-foreign-key':
      return [
        kind,
        printForeignKey(operation.table, operation.foreignKey),
        operation.validate ? '' : 'not valid',
        operation.checksOff ? 'checks off' : '',
      ];
    case 'drop-foreign-key':
      return [
        kind,
        target(operation.table, operation.columns),
        operation.toTable === null ? '' : `to ${operation.toTable}`,
        operation.name ?? '',
      ];
    case 'add-check':
      return [
        kind,
        operation.table,
        operation.check.name ?? '',
        `(${operation.check.expression})`,
        operation.validate ? '' : 'not valid',
      ];
    case 'drop-check':
      return [
        kind,
        operation.table,
        operation.name ?? '',
        operation.expression === null ? '' : `(${operation.expression})`,
      ];
    case 'add-primary-key':
    case 'add-unique':
      return [
        kind,
        target(operation.table, operation.columns),
        operation.name ?? '',
        operation.usingIndex === null ? '' : `using ${operation.usingIndex}`,
      ];
    case 'drop-unique':
    case 'validate-constraint':
      return [kind, target(operation.table, operation.columns), operation.name ?? ''];
    case 'add-exclusion':
      return [kind, operation.table, operation.name ?? '', `(${operation.expression})`];
    case 'drop-exclusion':
      return [kind, operation.table, operation.name ?? ''];
    case 'change-table-options':
      return [kind, operation.table, operation.options];
    case 'create-enum':
      return [kind, operation.name, `(${operation.values.join(', ')})`];
    case 'drop-enum':
    case 'enable-extension':
      return [kind, operation.name];
    case 'rename-enum':
      return [kind, operation.name, 'to', operation.to];
    case 'add-enum-value':
      return [kind, operation.name, operation.value];
    case 'rename-enum-value':
      return [kind, operation.name, operation.value, 'to', operation.to];
    case 'create-view':
      return [kind, operation.table, operation.replaces === true ? 'replaces' : ''];
    case 'drop-table':
    case 'drop-view':
      return [kind, operation.table];
    case 'run-data-change':
      return [
        kind,
        operation.change,
        operation.table ?? '(unknown)',
        operation.columns.length > 0 ? `(${operation.columns.join(', ')})` : '',
        operation.batched ? 'batched' : '',
      ];
    case 'opaque':
      return [
        kind,
        operation.table ?? '',
        JSON.stringify(operation.reason),
        operation.hidesSchemaChange ? 'HIDES' : '',
      ];
  }
}

function target(table: string | null, columns: readonly string[]): string {
  return columns.length > 0 ? `${table ?? ''}(${columns.join(', ')})` : (table ?? '');
}

export function printColumn(column: Column): string {
  return [
    column.name,
    column.type === null ? '' : printType(column.type),
    column.nullable ? '' : 'not null',
    column.default === null ? '' : `default ${JSON.stringify(column.default)}`,
    column.generated ?? '',
  ]
    .filter((word) => word !== '')
    .join(' ');
}

function printType({ name, limit, precision, scale, array }: ColumnType): string {
  const numbers = [limit, precision, scale].filter((number) => number !== null);
  return `${name}${numbers.length > 0 ? `(${numbers.join(',')})` : ''}${array ? '[]' : ''}`;
}

function printForeignKey(table: string, key: ForeignKey): string {
  return [
    `${table}(${key.columns.join(', ')}) to ${key.toTable}(${key.toColumns.join(', ')})`,
    key.name ?? '(no name)',
    key.onDelete === null ? '' : `on delete ${key.onDelete}`,
    key.onUpdate === null ? '' : `on update ${key.onUpdate}`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}
