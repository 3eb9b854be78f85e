import { parseRuby } from '../../languages/ruby.ts';
import type { SourceFile } from '../../reading.ts';
import type { Database } from '../../schema/migration.ts';
import type { Operation } from '../../schema/operation.ts';
import { operationsOf } from './migration/interpreter.ts';
import { readScript } from './migration/script.ts';
import { type Inflector, inflector } from './models/inflections.ts';

export interface MigrationContext {
  readonly database: Database;
  /** How the project forms plurals; Active Support's own way without it. */
  readonly inflector?: Inflector;
}

export interface ReadMigration {
  /** True where its operations become visible to other sessions together. */
  readonly transaction: boolean;
  readonly operations: readonly Operation[];
}

/**
 * What running a migration's file upwards does to the database. Follows the code without running it: what cannot be
 * followed is an `opaque` operation at its line, never left out. A file that does not parse is one of these.
 */
export function readMigration(file: SourceFile, context: MigrationContext): ReadMigration {
  const { database } = context;
  const parsed = parseRuby(file.path, file.text);
  if (!parsed.ok) return unread(file, { database, line: parsed.line, reason: parsed.reason });

  const script = readScript(parsed.file);
  if (!script.entry && !script.declared) {
    return unread(file, { database, line: 1, reason: 'it declares no migration class' });
  }
  const { operations, commits } = operationsOf({
    file: parsed.file,
    script,
    database,
    inflector: context.inflector ?? inflector(null),
  });
  return { transaction: script.ddlTransaction && !commits && transactional(database), operations };
}

/** MySQL and MariaDB commit with every schema statement. */
function transactional(database: Database): boolean {
  return database === 'postgres' || database === 'sqlite';
}

interface Failure {
  readonly database: Database;
  readonly line: number;
  readonly reason: string;
}

function unread(file: SourceFile, { database, line, reason }: Failure): ReadMigration {
  const at = { path: file.path, line, column: 1 };
  const opaque = { kind: 'opaque', table: null, reason, hidesSchemaChange: true, whole: true } as const;
  return { transaction: transactional(database), operations: [{ ...opaque, at, statement: 0, conditional: false }] };
}
