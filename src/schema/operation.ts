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

/** A table whose columns a new table takes over. */
export interface ColumnSource {
  readonly table: string;
  /** A partition is read and written through its parent, a child is read through it, a likeness has no tie to it. */
  readonly manner: 'partition' | 'inherit' | 'like';
  /** What comes along beside names, types and NOT NULL. Where the names of indexes do not, the database chooses others. */
  readonly including: readonly (
    | 'defaults'
    | 'constraints'
    | 'generated'
    | 'identity'
    | 'indexes'
    | 'index-names'
    | 'foreign-keys'
  )[];
}

/** What databases hold beside tables, views, indexes, enums and extensions. `other`: what no application names. */
export type ObjectType =
  | 'domain'
  | 'function'
  | 'index'
  | 'policy'
  | 'procedure'
  | 'rule'
  | 'schema'
  | 'sequence'
  | 'statistics'
  | 'trigger'
  | 'type'
  | 'view'
  | 'other';

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

interface OnObject {
  readonly object: ObjectType;
  /** The table that a trigger, policy, rule or statistics object is on. */
  readonly table: string | null;
  readonly name: string;
}

/** One step of a migration. A closed union: the compiler lists the places that must learn of a new kind. */
export type Operation =
  | On<
      'create-table',
      {
        readonly columns: readonly Column[];
        readonly primaryKey: readonly string[];
        readonly replaces: boolean;
        /** Absent where `columns` are all that it gets. */
        readonly from?: readonly ColumnSource[];
        /** True where it has further columns that the text does not tell: those of a query or a type. */
        readonly open?: boolean;
      }
    >
  | On<'drop-table'>
  | On<'rename-table', { readonly to: string }>
  | On<'add-column', { readonly column: Column }>
  | On<'drop-column', { readonly column: string }>
  | On<'rename-column', { readonly column: string; readonly to: string }>
  | On<
      'change-type',
      {
        readonly column: string;
        readonly type: ColumnType;
        /** The expression that makes the new value, where the statement gives one. */
        readonly using?: string;
      }
    >
  | On<'set-not-null', { readonly column: string }>
  | On<'drop-not-null', { readonly column: string }>
  | On<'set-default', { readonly column: string; readonly default: string }>
  | On<'drop-default', { readonly column: string }>
  /** Null: the value is no longer the database's to make. */
  | On<'set-generated', { readonly column: string; readonly generated: Column['generated'] }>
  | On<'set-comment', { readonly column: string | null }>
  | On<
      'create-index',
      {
        readonly index: Index;
        readonly concurrently: boolean;
        readonly algorithm: string | null;
        /** True where the partitions are left without it (`ON ONLY`). */
        readonly only?: boolean;
      }
    >
  | (Step & {
      readonly kind: 'drop-index';
      /** Null: PostgreSQL's statement names the index alone. */
      readonly table: string | null;
      readonly name: string | null;
      readonly columns: readonly string[];
      readonly concurrently: boolean;
    })
  | (Step & {
      readonly kind: 'rename-index';
      readonly table: string | null;
      readonly name: string;
      readonly to: string;
    })
  | (Step & {
      readonly kind: 'reindex';
      /** Null: all tables of a schema or a database, or that of the index `name`. */
      readonly table: string | null;
      readonly name: string | null;
      readonly concurrently: boolean;
    })
  | On<
      'add-primary-key',
      { readonly name: string | null; readonly columns: readonly string[]; readonly usingIndex: string | null }
    >
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
  /** A constraint of any kind, known by its name alone. */
  | On<'drop-constraint', { readonly name: string }>
  | On<'rename-constraint', { readonly name: string; readonly to: string }>
  | On<'attach-partition', { readonly partition: string }>
  | On<'detach-partition', { readonly partition: string; readonly concurrently: boolean }>
  | On<'change-table-options', { readonly options: string }>
  | On<'truncate', { readonly cascade: boolean }>
  /** The mode in lower case: `access exclusive`. */
  | On<'lock-table', { readonly mode: string }>
  | On<
      'rewrite-table',
      {
        readonly manner:
          | 'vacuum full'
          | 'cluster'
          | 'set logged'
          | 'set unlogged'
          | 'set tablespace'
          | 'set access method'
          | 'optimize'
          | 'repair'
          | 'force';
      }
    >
  | (Step & {
      readonly kind: 'maintain-table';
      /** Null: every table. */
      readonly table: string | null;
      readonly manner: 'vacuum' | 'analyze' | 'check';
    })
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
  | (Step & {
      readonly kind: 'create-view';
      readonly table: string;
      /** True where nothing tells whether one of its name was there (`OR REPLACE`). */
      readonly replaces?: boolean;
    })
  | (Step & { readonly kind: 'drop-view'; readonly table: string })
  | (Step & { readonly kind: 'refresh-view'; readonly table: string; readonly concurrently: boolean })
  | (Step & OnObject & { readonly kind: 'create-object' })
  | (Step & OnObject & { readonly kind: 'drop-object' })
  | (Step &
      OnObject & {
        readonly kind: 'alter-object';
        /** What is done, in the statement's own words: `RENAME TO total`. */
        readonly change: string;
      })
  | (Step & {
      readonly kind: 'change-privileges';
      readonly table: string | null;
      readonly revokes: boolean;
    })
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
