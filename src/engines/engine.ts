import type { Database } from '../schema/migration.ts';
import type { Operation } from '../schema/operation.ts';

/** What a statement does to other sessions while it runs. */
export interface Cost {
  readonly blocks: 'nothing' | 'writes' | 'reads and writes';
  /** What grows with the table; `none` is brief whatever its size. */
  readonly work: 'none' | 'scan' | 'index build' | 'rewrite' | 'copy';
}

export interface Engine {
  readonly name: Database;
  /** As people write it. */
  readonly label: string;
  /** Null: this version of Bellows does not judge that operation on this database. */
  readonly cost: (operation: Operation) => Cost | null;
  /** Seconds per million rows, shortest and longest, for work that a finding can put a time on. */
  readonly secondsPerMillionRows: Readonly<Partial<Record<Cost['work'], readonly [number, number]>>>;
  /** A read-only query that tells how many rows a table has, about. */
  readonly rowsQuery: (table: string) => string;
}

/** A name as a string literal, for the queries that people are asked to run. */
export function literal(name: string): string {
  return `'${name.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
