import type { ColumnType } from '../../src/schema/operation.ts';
import type { Schema, Table } from '../../src/schema/schema.ts';
import { printColumn } from '../frameworks/rails/print-operation.ts';

/** What `catalog.sql` answers. */
export interface Catalog {
  readonly tables: readonly {
    readonly schema: string;
    readonly name: string;
    readonly columns: readonly CatalogColumn[];
    readonly primaryKey: readonly string[];
    readonly indexes: readonly { name: string; unique: boolean; where: boolean; columns: readonly string[] }[];
    readonly foreignKeys: readonly {
      name: string;
      columns: readonly string[];
      toTable: string;
      toColumns: readonly string[];
      onDelete: string;
      onUpdate: string;
    }[];
    readonly checks: readonly string[];
  }[];
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

interface CatalogColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly generated: 'identity' | 'stored' | null;
}

/** Both sides in the same words, so that a difference shows as one line. */
type Words = Readonly<Record<string, readonly string[]>>;

export function fromServer({ tables, enums }: Catalog): Words {
  const words: Record<string, readonly string[]> = {};
  for (const table of tables) {
    words[table.schema === 'public' ? table.name : `${table.schema}.${table.name}`] = [
      ...table.columns.map(serverColumn).sort(),
      `key ${table.primaryKey.join(', ')}`,
      ...table.indexes.map(({ name, columns, unique, where }) => indexWords(name, columns, unique, where)).sort(),
      ...table.foreignKeys
        .map(({ name, columns, toTable, toColumns, onDelete, onUpdate }) =>
          keyWords(
            name,
            columns,
            toTable.replaceAll('"', ''),
            toColumns,
            actions[onDelete] ?? null,
            actions[onUpdate] ?? null,
          ),
        )
        .sort(),
      ...table.checks.map((name) => `check ${name}`).sort(),
    ];
  }
  for (const [name, values] of Object.entries(enums)) words[`enum ${name}`] = [...values].sort();
  return words;
}

const actions: Readonly<Record<string, string>> = { c: 'cascade', n: 'nullify', r: 'restrict', d: 'set default' };

function indexWords(name: string, columns: readonly string[], unique: boolean, where: boolean): string {
  return `index ${name} (${columns.map(plain).join(', ')})${unique ? ' unique' : ''}${where ? ' where' : ''}`;
}

function keyWords(
  name: string | null,
  columns: readonly string[],
  toTable: string,
  toColumns: readonly string[],
  onDelete: string | null,
  onUpdate: string | null,
): string {
  return `${name} (${columns.join(', ')}) to ${toTable} (${toColumns.join(', ')}) ${onDelete} ${onUpdate}`;
}

/** The server writes expressions anew, with casts and brackets of its own. */
function plain(expression: string): string {
  return expression
    .replace(/::("[^"]*"|[a-z_. ]+)(\([\d,]+\))?(\[\])?/gi, '')
    .replace(/interval (?=')/gi, '')
    .replace(/[\s()"]/g, '')
    .toLowerCase();
}

function serverColumn(column: CatalogColumn): string {
  const serial = column.default?.startsWith('nextval(') ?? false;
  const type = serverType(column.type);
  const generated = serial ? 'identity' : column.generated;
  return columnWords(column.name, type, column.nullable, serial ? null : column.default, generated);
}

function columnWords(
  name: string,
  type: string,
  nullable: boolean,
  value: string | null,
  generated: string | null,
): string {
  const literal = /^'((?:[^']|'')*)'(::.*)?$/.exec(value ?? '');
  const text = literal ? (literal[1] ?? '').replaceAll("''", "'") : value;
  return [name, type, nullable ? '' : 'not null', text === null ? '' : `default ${plain(text)}`, generated ?? '']
    .filter(Boolean)
    .join(' ');
}

function serverType(type: string): string {
  return type
    .replace('character varying', 'varchar')
    .replace(/^character\b/, 'char')
    .replace(/^(time|timestamp)(\(\d\))? with time zone/, '$1tz$2')
    .replace(/^(time|timestamp)(\(\d\))? without time zone/, '$1$2')
    .replace(/^numeric\((\d+),0\)/, 'numeric($1)');
}

/** The reader's side. What it says that it does not know is taken from the server. */
export function fromReader(schema: Schema, server: Words): Words {
  const words: Record<string, readonly string[]> = {};
  for (const table of schema.tables.values()) {
    const there = server[table.name];
    if (table.open && !there) continue;
    words[table.name] = table.open ? (there ?? []) : tableWords(table, there ?? []);
  }
  for (const [name, values] of schema.enums) words[`enum ${name}`] = [...values].sort();
  return words;
}

function tableWords(table: Table, there: readonly string[]): readonly string[] {
  return [
    ...[...table.columns.values()]
      .map((column) => {
        const known = there.find((line) => line.startsWith(`${column.name} `));
        if (column.type === null) return known ?? column.name;
        return columnWords(column.name, typeWords(column.type), column.nullable, column.default, column.generated);
      })
      .sort(),
    `key ${table.primaryKey.join(', ')}`,
    ...table.indexes
      .map(({ name, columns, unique, where }) => {
        const suffix = indexWords('', columns, unique, where !== null).slice('index '.length);
        return name === null
          ? (there.find((line) => line.startsWith('index ') && line.endsWith(suffix)) ?? suffix)
          : indexWords(name, columns, unique, where !== null);
      })
      .sort(),
    ...table.foreignKeys
      .map((key) => keyWords(key.name, key.columns, key.toTable, key.toColumns, key.onDelete, key.onUpdate))
      .sort(),
    ...table.checks.map(({ name }) => `check ${name}`).sort(),
  ];
}

function typeWords(type: ColumnType): string {
  return printColumn({ name: '', type, nullable: true, default: null, generated: null });
}
