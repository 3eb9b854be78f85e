import type { Operation } from './operation.ts';

/** `mysql` also stands for a project whose driver does not tell MySQL from MariaDB. */
export type Database = 'postgres' | 'mysql' | 'mariadb' | 'sqlite';

export interface Migration {
  readonly path: string;
  readonly framework: string;
  readonly database: Database;
  /** What the runner keeps of it once it ran; the same version never runs twice. */
  readonly version: string;
  /** True where all operations become visible to other sessions at once, when the migration ends. */
  readonly transaction: boolean;
  /** Where the project itself says when it runs: `db/migrate` beside `db/post_migrate` is before the code. */
  readonly when: 'before-code' | 'after-code' | 'unstated';
  /** `data` runs with its own runner and changes rows only. */
  readonly kind: 'schema' | 'data';
  readonly operations: readonly Operation[];
}
