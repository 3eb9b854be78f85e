import { CallNode } from '@ruby/prism/src/nodes.js';

import { readSql } from '../../../sql/read.ts';
import type { Place, SqlStatement } from '../../../sql/statement.ts';
import { constantName } from './class-parts.ts';
import { stepOf } from './command.ts';
import { readAround } from './holes.ts';
import { type Effect, type Machine, nextStatement, record, recordOpaque } from './machine.ts';
import type { Call } from './value.ts';

/** Calls that send SQL to the database and may change something. */
export const sqlCalls: ReadonlySet<string> = new Set([
  'execute',
  'exec_query',
  'exec_update',
  'exec_delete',
  'exec_insert',
  'execute_batch',
  'internal_execute',
  'raw_execute',
  'update_sql',
  'update',
  'insert',
  'delete',
  'query',
]);

/** What the drivers `pg`, `mysql2`, `trilogy` and `sqlite3` call the same. */
export const driverCalls: ReadonlySet<string> = new Set(
  'exec async_exec async_query exec_params send_query'.split(' '),
);

const verbs =
  /^\s*(?:alter|create|drop|rename|truncate|update|insert|delete|replace|select|set|with|grant|revoke|comment|analyze|vacuum|lock|call|do|begin)\s/i;

/** Whether a text begins like a statement, for calls that may take something else. */
export function isSql(text: string): boolean {
  return verbs.test(text);
}

/** Reads a call that sends SQL, in the dialect of the migration's database. */
export function executeSql(machine: Machine, call: Call): void {
  const [sql] = call.positional;
  if (sql?.kind !== 'text' && sql?.kind !== 'template') return computedSql(machine, call);
  // What a loop sends again is read again. A file can pay for all its texts once.
  machine.budget -= sql.text.length >> 1;
  const { database, session } = machine;
  const read = (place: Place) => readSql({ text: sql.text, place, database }, session);
  const place: Place = sql.at ?? (() => call.at);
  const statements = sql.kind === 'text' ? read(place) : readAround(sql.text, read, place);
  for (const statement of statements) recordSql(machine, call, statement);
}

function recordSql(machine: Machine, call: Call, { operations, effect }: SqlStatement): void {
  if (effect?.kind === 'commit') machine.commits = true;
  if (operations.length === 0) return;
  const statement = nextStatement(machine);
  for (const operation of operations) {
    const { at, conditional, ...change } = operation;
    const step = { at, conditional: conditional || stepOf(call).conditional, statement };
    if (change.kind === 'create-table' && !step.conditional) machine.created.add(change.table);
    record(machine, change.kind === 'opaque' ? seen(machine, change) : change, step);
  }
}

/** On a table that the migration created nothing is hidden that runs now. */
function seen<Riddle extends Extract<Effect, { readonly kind: 'opaque' }>>(machine: Machine, riddle: Riddle): Riddle {
  const fresh = riddle.table !== null && machine.created.has(riddle.table);
  return fresh ? { ...riddle, hidesSchemaChange: false } : riddle;
}

function computedSql(machine: Machine, call: Call): void {
  const elsewhere = otherFile(call);
  const reason = elsewhere ? `the text of ${elsewhere} stands in another file` : 'the text of the SQL is computed';
  recordOpaque(machine, { reason, hidesSchemaChange: true }, stepOf(call));
}

/** A constant of the project, or what one of its methods gives. */
function otherFile({ positional: [sql], node }: Call): string | null {
  if (sql?.kind === 'constant') return sql.name;
  const written = node.arguments_?.arguments_[0];
  const owner = written instanceof CallNode ? constantName(written.receiver) : null;
  return owner && written instanceof CallNode ? `${owner}.${written.name}` : null;
}
