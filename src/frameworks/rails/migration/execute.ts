import { stepOf } from './command.ts';
import { isMysql } from './commands/indexes.ts';
import { readAddedForeignKey } from './foreign-key-sql.ts';
import { type Machine, nextStatement, record, recordOpaque, type Step } from './machine.ts';
import { statementsOf, type Token } from './sql-text.ts';
import { type Call, hole, type Value } from './value.ts';

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

/** Reads a call that sends SQL. Only what the plan writes itself is understood; the rest is opaque. */
export function executeSql(machine: Machine, call: Call): void {
  const [sql] = call.positional;
  const written = sql?.kind === 'text' || sql?.kind === 'template' ? sql : null;
  if (!written) return computedSql(machine, stepOf(call));
  const statements = statementsOf(written.text);
  const [only] = statements;
  if (only && statements.length === 1 && isMysql(machine) && written.kind === 'text') {
    if (switchChecks(machine, only)) return;
    if (addForeignKey(machine, only, stepOf(call))) return;
  }
  opaqueSql(machine, call, { statements, sql: written });
}

function computedSql(machine: Machine, step: Step): void {
  recordOpaque(machine, { reason: 'the text of the SQL is computed', hidesSchemaChange: true }, step);
}

interface Sql {
  readonly statements: readonly (readonly Token[])[];
  readonly sql: Extract<Value, { readonly kind: 'text' | 'template' }>;
}

/** Statements that change no table, whatever they are about. */
const harmless: ReadonlySet<string> = new Set(
  `UPDATE INSERT DELETE SELECT SET RESET SHOW COMMENT ANALYZE ANALYSE LOCK UNLOCK REPLACE VACUUM WITH VALUES EXPLAIN
  PRAGMA REFRESH REINDEX OPTIMIZE START COMMIT ROLLBACK SAVEPOINT RELEASE NOTIFY USE FLUSH CHECKPOINT COPY MERGE END`.split(
    /\s+/,
  ),
);

function opaqueSql(machine: Machine, call: Call, { statements, sql }: Sql): void {
  const risky = statements.filter((tokens) => !startsHarmless(tokens));
  const tables = risky.map(tableOf);
  const [table = null] = tables.length > 0 ? tables : statements.map(tableOf);
  const onlyNew = risky.length > 0 && tables.every((each) => each !== null && machine.created.has(each));
  const computed = sql.kind === 'template' && risky.length > 0;
  recordOpaque(
    machine,
    {
      table,
      reason: computed ? 'the text of the SQL is computed' : 'SQL in execute is not read yet',
      hidesSchemaChange: risky.length > 0 && !onlyNew,
    },
    stepOf(call),
  );
}

function startsHarmless([first]: readonly Token[]): boolean {
  return first?.kind === 'word' && harmless.has(first.text.toUpperCase());
}

/** The table that a statement names first, for the statements whose beginning tells. Null for any other. */
function tableOf(tokens: readonly Token[]): string | null {
  const upper = tokens.slice(0, 12).map((token) => (token.kind === 'word' ? token.text.toUpperCase() : token.text));
  const start = startOfTable(upper);
  const token = start === null ? undefined : tokens[start];
  const named = token?.kind === 'name' || token?.kind === 'word';
  return named && !token.text.includes(hole) ? token.text : null;
}

function startOfTable(words: readonly string[]): number | null {
  const [verb = ''] = words;
  if (verb === 'UPDATE') return skip(words, 1, ['ONLY', 'IGNORE']);
  if (verb === 'INSERT' || verb === 'DELETE') {
    const from = words.findIndex((word) => word === 'INTO' || word === 'FROM');
    return from === -1 ? null : skip(words, from + 1, ['ONLY']);
  }
  if (verb === 'CREATE' && words.slice(1, 3).includes('INDEX')) {
    const on = words.indexOf('ON');
    return on === -1 ? null : skip(words, on + 1, ['ONLY']);
  }
  const table = words.indexOf('TABLE');
  if (table === -1 || table > 2) return verb === 'TRUNCATE' ? skip(words, 1, ['ONLY']) : null;
  return verb === 'CREATE' ? null : skip(words, table + 1, ['IF', 'EXISTS', 'ONLY']);
}

function skip(words: readonly string[], start: number, noise: readonly string[]): number {
  let position = start;
  while (noise.includes(words[position] ?? '')) position++;
  return position;
}

/** `SET [SESSION] foreign_key_checks = …`, and a session variable that keeps its value. True: it was one of these. */
function switchChecks(machine: Machine, tokens: readonly Token[]): boolean {
  const words = tokens.map(({ text }) => text.toUpperCase()).join(' ');
  const [, target = '', value = ''] = /^SET (.+?) (?:: )?= (.+)$/.exec(words) ?? [];
  if (ownChecks.has(target)) {
    const off = switchedOff(machine, value);
    if (off === null) return false;
    machine.checksOff = off;
    return true;
  }
  if (!/^@\w+$/.test(target) || !readChecks.has(value)) return false;
  machine.keptChecks.set(target, machine.checksOff);
  return true;
}

const readChecks: ReadonlySet<string> = new Set(['@@FOREIGN_KEY_CHECKS', '@@SESSION . FOREIGN_KEY_CHECKS']);

/** The same setting of this session; `SET GLOBAL` is another one. */
const ownChecks: ReadonlySet<string> = new Set(['FOREIGN_KEY_CHECKS', 'SESSION FOREIGN_KEY_CHECKS', ...readChecks]);

function switchedOff(machine: Machine, value: string): boolean | null {
  if (value === '0' || value === 'OFF') return true;
  if (value === '1' || value === 'ON' || value === 'DEFAULT') return false;
  return machine.keptChecks.get(value) ?? null;
}

function addForeignKey(machine: Machine, tokens: readonly Token[], step: Step): boolean {
  const added = readAddedForeignKey(tokens);
  if (!added) return false;
  const { table, foreignKey } = added;
  const effect = { kind: 'add-foreign-key', table, foreignKey, validate: true, checksOff: machine.checksOff } as const;
  record(machine, effect, { ...step, statement: nextStatement(machine) });
  return true;
}
