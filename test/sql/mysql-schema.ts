import type { Column, ColumnType } from '../../src/schema/operation.ts';
import type { Schema, Table } from '../../src/schema/schema.ts';
import { runOnServer } from './mysql-server.ts';

/** A table in words that can be compared, whether a server or the reader says them. */
export interface ShownTable {
  readonly columns: readonly string[];
  readonly primaryKey: string;
  readonly indexes: readonly string[];
  readonly foreignKeys: readonly string[];
  readonly checks: readonly string[];
}

export type Shown = Readonly<Record<string, ShownTable | 'a view' | 'open'>>;

/** The tables of a schema. Of one that a query or LIKE made nothing but its name is known. */
export function shownSchema({ tables }: Schema, views: ReadonlySet<string>): Shown {
  const shown = [...tables.values()].map((table): [string, Shown[string]] => {
    if (views.has(table.name)) return [table.name, 'a view'];
    return [table.name, table.open ? 'open' : shownTable(table)];
  });
  return Object.fromEntries(shown.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function shownTable(table: Table): ShownTable {
  return {
    columns: [...table.columns.values()].map(shownColumn).sort(),
    primaryKey: table.primaryKey.join(', '),
    indexes: table.indexes
      .map(({ name, columns, unique }) => `${name}${unique ? ' unique' : ''} (${columns.join(', ')})`)
      .sort(),
    foreignKeys: table.foreignKeys
      .map(
        ({ name, columns, toTable, toColumns, onDelete, onUpdate }) =>
          `${name} (${columns.join(', ')}) to ${toTable}(${toColumns.join(', ')}) ${action(onDelete)} ${action(onUpdate)}`,
      )
      .sort(),
    checks: named(table.checks.flatMap(({ name }) => name ?? [])),
  };
}

/** Names that a text gave; MariaDB calls a check without one CONSTRAINT_1. */
function named(names: readonly string[]): readonly string[] {
  return names.filter((name) => !/^CONSTRAINT_\d+$/.test(name)).sort();
}

/** RESTRICT is what the server does and shows where nothing is said. */
function action(said: string | null): string {
  return said === null || said === 'restrict' ? '-' : said;
}

function shownColumn({ name, type, nullable, default: value, generated }: Column): string {
  return [
    name,
    type ? shownType(type) : '?',
    nullable ? 'null' : 'not null',
    shownDefault(value),
    generated ?? '',
  ].join(' ');
}

function shownType({ name, limit, precision, scale }: ColumnType): string {
  const numbers = [limit, precision, scale].filter((number) => number !== null);
  const [first = '', ...rest] = /^(?:enum|set)/.test(name) ? [name] : name.split(' ');
  // MariaDB keeps JSON in a longtext.
  const base = first === 'json' ? 'longtext' : first;
  return [`${base}${numbers.length > 0 ? `(${numbers.join(',')})` : ''}`, ...rest].join(' ');
}

/** `0.50` and `0.5`, `NULL` and none, `current_timestamp()` and `CURRENT_TIMESTAMP` are the same. */
function shownDefault(value: string | null): string {
  if (value === null || value === 'NULL') return '-';
  if (value !== '' && Number.isFinite(Number(value))) return String(Number(value));
  return value.toLowerCase().replace(/\(\)$/, '');
}

/** What the server says of its tables, in the same words. */
export function serverSchema(database: string): Shown {
  const ask = (query: string) => {
    const { rows, errors } = runOnServer(query, database);
    if (errors !== '') throw new Error(errors);
    return rows.map((row) => row.map((cell) => cell.replaceAll('\\\\', '\\')));
  };
  const shown: Record<string, ShownTable | 'a view'> = {};
  for (const [name = '', kind] of ask(
    'SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1',
  )) {
    shown[name] = kind === 'VIEW' ? 'a view' : serverTable(name, ask);
  }
  return shown;
}

type Ask = (query: string) => readonly (readonly string[])[];

function serverTable(table: string, ask: Ask): ShownTable {
  const where = `WHERE table_schema = DATABASE() AND table_name = '${table}'`;
  const columns = ask(
    `SELECT column_name, column_type, is_nullable, IFNULL(column_default, 'NULL'), extra FROM information_schema.columns ${where}`,
  );
  const keys = ask(
    `SELECT index_name, non_unique, GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ', ') FROM information_schema.statistics ${where} GROUP BY 1, 2`,
  );
  const foreignKeys = serverForeignKeys(table, ask);
  const checks = ask(
    `SELECT constraint_name FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() AND table_name = '${table}' AND level = 'Table'`,
  );
  return {
    columns: columns.map(serverColumn).sort(),
    primaryKey: keys.find(([name]) => name === 'PRIMARY')?.[2] ?? '',
    indexes: keys
      .filter(([name]) => name !== 'PRIMARY')
      .map(([name, loose, list]) => `${name}${loose === '0' ? ' unique' : ''} (${list})`)
      .sort(),
    foreignKeys,
    checks: named(checks.flatMap(([name = '']) => name)),
  };
}

function serverColumn([name = '', type = '', nullable, value = '', extra = '']: readonly string[]): string {
  const generated = /auto_increment/.test(extra)
    ? 'identity'
    : (/^(virtual|stored) generated/i.exec(extra)?.[1]?.toLowerCase() ?? '');
  return [name, serverType(type), nullable === 'YES' ? 'null' : 'not null', serverDefault(value), generated].join(' ');
}

/** Display widths say nothing, but for `tinyint(1)`. */
function serverType(type: string): string {
  if (/^(?:enum|set)/.test(type)) return type;
  const width = /^(?:(?:small|medium|big)?int|year|tinyint(?!\(1\)))\(\d+\)/.exec(type)?.[0];
  return (width ? type.replace(/\(\d+\)/, '') : type).replace(' zerofill', '');
}

function serverDefault(value: string): string {
  const quoted = /^'([\s\S]*)'$/.exec(value)?.[1];
  return shownDefault(quoted === undefined ? value : quoted.replaceAll("''", "'").replace(/\\'/g, "'"));
}

const actions: Readonly<Record<string, string>> = { CASCADE: 'cascade', 'SET NULL': 'nullify' };

function serverForeignKeys(table: string, ask: Ask): readonly string[] {
  const rows = ask(`SELECT k.constraint_name, GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position SEPARATOR ', '),
    k.referenced_table_name, GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position SEPARATOR ', '),
    r.delete_rule, r.update_rule
    FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r
    ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
    WHERE k.table_schema = DATABASE() AND k.table_name = '${table}' GROUP BY k.constraint_name, k.referenced_table_name, r.delete_rule, r.update_rule`);
  return rows
    .map(
      ([name, columns, toTable, toColumns, onDelete = '', onUpdate = '']) =>
        `${name} (${columns}) to ${toTable}(${toColumns}) ${actions[onDelete] ?? '-'} ${actions[onUpdate] ?? '-'}`,
    )
    .sort();
}
