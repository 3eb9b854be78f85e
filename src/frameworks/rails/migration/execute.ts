import { CallNode } from '@ruby/prism/src/nodes.js';

import { constantName } from './class-parts.ts';
import { stepOf } from './command.ts';
import { isMysql } from './commands/indexes.ts';
import { readAddedForeignKey } from './foreign-key-sql.ts';
import { type Machine, nextStatement, record, recordOpaque, recordStatement, type Step } from './machine.ts';
import { beginningOf } from './sql-beginning.ts';
import { statementsOf, type Token } from './sql-text.ts';
import type { Call, Value } from './value.ts';
import { readViewChange } from './view-sql.ts';

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
  if (!written) return computedSql(machine, call);
  const all = statementsOf(written.text);
  const statements = isMysql(machine) ? topLevel(all) : all;
  const [only] = statements;
  if (only && statements.length === 1 && isMysql(machine) && written.kind === 'text') {
    if (switchChecks(machine, only)) return;
    if (addForeignKey(machine, only, stepOf(call))) return;
  }
  if (changeViews(machine, statements, stepOf(call))) return;
  opaqueSql(machine, call, { statements, sql: written });
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

interface Sql {
  readonly statements: readonly (readonly Token[])[];
  readonly sql: Extract<Value, { readonly kind: 'text' | 'template' }>;
}

/** MySQL writes the body of a routine without quotes around it: its statements, up to END, do not run now. */
function topLevel(statements: Sql['statements']): Sql['statements'] {
  const routine = statements.findIndex(createsRoutine);
  const end = statements.findLastIndex(([first]) => first?.text.toUpperCase() === 'END');
  return routine === -1 || end < routine
    ? statements
    : [...statements.slice(0, routine + 1), ...statements.slice(end + 1)];
}

function createsRoutine(tokens: readonly Token[]): boolean {
  const words = tokens.slice(0, 12).map(({ text }) => text.toUpperCase());
  return words[0] === 'CREATE' && words.some((word) => routines.has(word)) && !words.includes('TABLE');
}

const routines: ReadonlySet<string> = new Set(['TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT']);

function opaqueSql(machine: Machine, call: Call, { statements, sql }: Sql): void {
  const beginnings = statements.map(beginningOf);
  const [only] = beginnings;
  const step = stepOf(call);
  if (only?.extension && beginnings.length === 1) {
    recordStatement(machine, { kind: 'enable-extension', table: null, name: only.extension }, step);
    return;
  }
  const risky = beginnings.filter((each) => each.risky);
  const [table = null] = (risky.length > 0 ? risky : beginnings).map((each) => each.table);
  for (const { creates } of beginnings) if (creates !== null && !step.conditional) machine.created.add(creates);
  const onlyNew = risky.every((each) => each.table !== null && machine.created.has(each.table));
  const reason =
    sql.kind === 'template' && risky.length > 0 ? 'the text of the SQL is computed' : 'SQL in execute is not read yet';
  recordOpaque(machine, { table, reason, hidesSchemaChange: !onlyNew }, step);
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

/** Statements that take views away or make them. Of `OR REPLACE` only a drop before it tells that the view is new. */
function changeViews(machine: Machine, statements: Sql['statements'], step: Step): boolean {
  const changes = statements.map(readViewChange);
  if (changes.length === 0 || !changes.every((each) => each !== null)) return false;
  const gone = new Set(machine.operations.flatMap((each) => (each.kind === 'drop-view' ? [each.table] : [])));
  for (const { kind, name } of changes.flat()) if (kind === 'drop-view') gone.add(name);
  if (changes.flat().some(({ replaces, name }) => replaces && !gone.has(name))) return false;
  for (const { kind, name, asks } of changes.flat())
    recordStatement(machine, { kind, table: name }, { ...step, conditional: step.conditional || asks });
  return true;
}
