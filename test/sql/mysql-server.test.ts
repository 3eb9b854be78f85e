import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { applyAll } from '../../src/schema/apply.ts';
import type { Operation } from '../../src/schema/operation.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { readMysql } from '../../src/sql/mysql/read.ts';
import { placeIn } from './examples.ts';
import { type MysqlExample, mysqlExamples } from './mysql-examples.ts';
import { randomDdl } from './mysql-random.ts';
import { type Shown, serverSchema, shownSchema } from './mysql-schema.ts';
import { acceptedOf, dumpOf, mysqlUrl, runOnServer } from './mysql-server.ts';

const required = process.env.BELLOWS_REQUIRE_SERVICES === '1';
if (!mysqlUrl)
  console.warn('SKIPPED: no SQL was compared with what a server makes of it, because MYSQL_URL is not set');

it.runIf(required)('has a server to run on', () => {
  expect(mysqlUrl, 'MYSQL_URL must be set where BELLOWS_REQUIRE_SERVICES=1').toBeTruthy();
});

const database = `bellows_${randomBytes(6).toString('hex')}`;

function readSchema({ code, flavour }: Pick<MysqlExample, 'code' | 'flavour'>): Shown {
  const operations = readMysql(code, placeIn(code), flavour).flatMap((statement) => statement.operations);
  const views = new Set(operations.flatMap(({ kind, table }) => (kind === 'create-view' ? [table] : [])));
  return shownSchema(operations.reduce(applied, emptySchema), views);
}

/**
 * `apply` drops an index with any of its columns, as PostgreSQL does. InnoDB goes on with the other columns.
 * https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-add-drop-column
 */
function applied(schema: Schema, operation: Operation, index: number, all: readonly Operation[]): Schema {
  const start = all.findIndex(({ statement }) => statement === operation.statement);
  if (start < index) return schema;
  const together = all.slice(start).filter(({ statement }) => statement === operation.statement);
  const shrunk = together.flatMap((each): Operation[] => {
    if (each.kind !== 'drop-column') return [each];
    const indexes = schema.tables.get(each.table)?.indexes ?? [];
    const left = indexes.flatMap((one) => {
      const columns = one.columns.filter((name) => name !== each.column);
      return columns.length > 0 && columns.length < one.columns.length ? [{ ...one, columns }] : [];
    });
    return [
      each,
      ...left.map(
        (one) => ({ ...each, kind: 'create-index', index: one, concurrently: false, algorithm: null }) as const,
      ),
    ];
  });
  return applyAll(schema, shrunk);
}

/** An index that the server adds for a foreign key is nobody's statement. */
function withoutOwnIndexes(server: Shown, read: Shown): Shown {
  const pairs = Object.entries(server).map(([name, table]): [string, Shown[string]] => {
    const known = read[name];
    if (known === 'open') return [name, 'open'];
    if (table === 'a view' || table === 'open' || known === undefined || known === 'a view') return [name, table];
    const keys = table.foreignKeys.map((key) => /\(.*?\)/.exec(key)?.[0] ?? '');
    const indexes = table.indexes.filter(
      (index) => known.indexes.includes(index) || !keys.some((key) => index.endsWith(` ${key}`)),
    );
    return [name, { ...table, indexes }];
  });
  return Object.fromEntries(pairs);
}

describe.runIf(mysqlUrl)('what was read', () => {
  beforeAll(() => {
    expect(runOnServer(`CREATE DATABASE ${database}`, null).errors).toBe('');
  });

  afterAll(() => {
    runOnServer(`DROP DATABASE IF EXISTS ${database}`, null);
  });

  for (const [index, example] of mysqlExamples().entries()) {
    if (!example.runs) continue;
    it(`${index + 1}. ${example.title}: of mysql.md, gives the schema of the server, and so does its dump`, () => {
      runOnServer(`DROP DATABASE ${database}; CREATE DATABASE ${database}`, null);
      expect(runOnServer(example.code, database).errors).toBe('');
      const read = readSchema(example);
      const server = serverSchema(database);
      expect(withoutOwnIndexes(server, read)).toEqual(read);
      expect(readSchema({ code: dumpOf(database), flavour: 'mariadb' }), 'the dump').toEqual(server);
    });
  }

  it.each([1, 2, 3, 4, 5, 6, 9, 19, 34, 49, 63, 64])(
    'gives the schema of the server for random DDL, seed %i',
    (seed) => {
      runOnServer(`DROP DATABASE ${database}; CREATE DATABASE ${database}`, null);
      const accepted = acceptedOf(randomDdl(seed, 150), database);
      expect(accepted.length).toBeGreaterThan(20);
      const code = accepted.map((line) => `${line};\n`).join('');
      const read = readSchema({ code, flavour: 'mariadb' });
      expect(withoutOwnIndexes(serverSchema(database), read), code).toEqual(read);
    },
  );
});
