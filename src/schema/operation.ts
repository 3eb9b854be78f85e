import type { Location } from './location.ts';

/** A column's type in the words of who declared it: `string`, `bigint`, `numeric`. Null where nothing was said. */
export interface ColumnType {
  readonly name: string;
  readonly limit: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly array: boolean;
}

export interface Column {
  readonly name: string;
  /** Null: not known, for example a column that only a rename tells of. */
  readonly type: ColumnType | null;
  readonly nullable: boolean;
  /** The database's own default as text (`"0"`, `"now()"`), null where there is none. */
  readonly default: string | null;
  /** `stored` and `virtual` are computed columns, `identity` is numbered by the database. */
  readonly generated: 'stored' | 'virtual' | 'identity' | null;
}

export interface Index {
  /** Null where the database chooses the name. */
  readonly name: string | null;
  /** Column names; an expression stands as its text. */
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly where: string | null;
}

export interface ForeignKey {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly toTable: string;
  readonly toColumns: readonly string[];
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
}

export interface Check {
  readonly name: string | null;
  readonly expression: string;
}

interface Step {
  readonly at: Location;
  /**
   * Which statement of its migration sends this operation to the database, counted from 0. Operations of one statement
   * (a `change_table` with `bulk`, a `create_table` with its indexes in MySQL) become visible together.
   */
  readonly statement: number;
  /** True where a condition decides at run time whether the statement runs (`unless column_exists?`, `if_not_exists`). */
  readonly conditional: boolean;
}

type On<Kind extends string, Rest = unknown> = Step & { readonly kind: Kind; readonly table: string } & Rest;

/** One step of a migration. A closed union: the compiler lists the places that must learn of a new kind. */
export type Operation =
  | On<
      'create-table',
      { readonly columns: readonly Column[]; readonly primaryKey: readonly string[]; readonly replaces: boolean }
    >
  | On<'drop-table'>
  | On<'rename-table', { readonly to: string }>
  | On<'add-column', { readonly column: Column }>
  | On<'drop-column', { readonly column: string }>
  | On<'rename-column', { readonly column: string; readonly to: string }>
  | On<'change-type', { readonly column: string; readonly type: ColumnType }>
  | On<'set-not-null', { readonly column: string }>
  | On<'drop-not-null', { readonly column: string }>
  | On<'set-default', { readonly column: string; readonly default: string }>
  | On<'drop-default', { readonly column: string }>
  | On<'set-comment', { readonly column: string | null }>
  | On<'create-index', { readonly index: Index; readonly concurrently: boolean; readonly algorithm: string | null }>
  | On<
      'drop-index',
      { readonly name: string | null; readonly columns: readonly string[]; readonly concurrently: boolean }
    >
  | On<'rename-index', { readonly name: string; readonly to: string }>
  | On<
      'add-foreign-key',
      {
        readonly foreignKey: ForeignKey;
        /** False: rows that exist are not verified (`NOT VALID`). New rows always are. */
        readonly validate: boolean;
        /** True where MySQL's `foreign_key_checks` is off around the statement, so that nothing is copied or verified. */
        readonly checksOff: boolean;
      }
    >
  | On<
      'drop-foreign-key',
      { readonly name: string | null; readonly columns: readonly string[]; readonly toTable: string | null }
    >
  | On<'add-check', { readonly check: Check; readonly validate: boolean }>
  | On<'drop-check', { readonly name: string | null; readonly expression: string | null }>
  | On<
      'add-unique',
      { readonly name: string | null; readonly columns: readonly string[]; readonly usingIndex: string | null }
    >
  | On<'drop-unique', { readonly name: string | null; readonly columns: readonly string[] }>
  | On<'add-exclusion', { readonly name: string | null; readonly expression: string }>
  | On<'drop-exclusion', { readonly name: string | null }>
  | On<'validate-constraint', { readonly name: string | null; readonly columns: readonly string[] }>
  | On<'change-table-options', { readonly options: string }>
  | (Step & {
      readonly kind: 'create-enum';
      readonly table: null;
      readonly name: string;
      readonly values: readonly string[];
    })
  | (Step & { readonly kind: 'drop-enum'; readonly table: null; readonly name: string })
  | (Step & { readonly kind: 'rename-enum'; readonly table: null; readonly name: string; readonly to: string })
  | (Step & { readonly kind: 'add-enum-value'; readonly table: null; readonly name: string; readonly value: string })
  | (Step & {
      readonly kind: 'rename-enum-value';
      readonly table: null;
      readonly name: string;
      readonly value: string;
      readonly to: string;
    })
  | (Step & { readonly kind: 'enable-extension'; readonly table: null; readonly name: string })
  | (Step & { readonly kind: 'create-view'; readonly table: string })
  | (Step & { readonly kind: 'drop-view'; readonly table: string })
  | (Step & {
      readonly kind: 'run-data-change';
      /** Null: which table is not known. */
      readonly table: string | null;
      readonly change: 'insert' | 'update' | 'delete' | 'other';
      readonly columns: readonly string[];
      readonly batched: boolean;
    })
  | (Step & {
      readonly kind: 'opaque';
      readonly table: string | null;
      /** One clause that completes "could not be read: …". */
      readonly reason: string;
      /**
       * True where it may change the schema in a way that nobody can read here: the migration does not parse, or the
       * text or table of its DDL is computed. Such a migration makes the verdict `unreadable`.
       */
      readonly hidesSchemaChange: boolean;
      /** True where it stands for the whole migration, of which not a line could be read. */
      readonly whole?: boolean;
    });

export type OperationKind = Operation['kind'];

/** The four words that say which operation is meant: what findings, plans and JSON show of it. */
export interface OperationSummary {
  readonly kind: OperationKind;
  readonly table: string | null;
  readonly column: string | null;
  readonly name: string | null;
}

export function summarise(operation: Operation): OperationSummary {
  return { kind: operation.kind, table: operation.table, column: columnOf(operation), name: nameOf(operation) };
}

function columnOf(operation: Operation): string | null {
  if (!('column' in operation) || operation.column === null) return null;
  return typeof operation.column === 'string' ? operation.column : operation.column.name;
}

function nameOf(operation: Operation): string | null {
  switch (operation.kind) {
    case 'create-index':
      return operation.index.name;
    case 'add-foreign-key':
      return operation.foreignKey.name;
    case 'add-check':
      return operation.check.name;
    case 'rename-table':
    case 'rename-column':
      return operation.to;
    default:
      return 'name' in operation ? operation.name : null;
  }
}
