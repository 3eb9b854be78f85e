import { describe, expect, it } from 'vitest';

import { proofOf } from '../../src/plan/proof.ts';
import { applyAll } from '../../src/schema/apply.ts';
import type { Database, Migration } from '../../src/schema/migration.ts';
import type { ForeignKey, Operation } from '../../src/schema/operation.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { column, operation } from '../schema/operations.ts';

interface Phase {
  readonly root?: string;
  readonly database?: Database;
  readonly schema?: Schema;
  readonly path?: string;
  readonly operations: readonly Operation[];
}

function app({ root = '', database = 'mysql', schema = emptySchema, path, operations }: Phase) {
  const migration: Migration = {
    path: path ?? 'db/migrate/20260101000000_change.rb',
    framework: 'rails',
    database,
    version: '20260101000000',
    transaction: false,
    when: 'unstated',
    kind: path?.startsWith('db/data/') ? 'data' : 'schema',
    operations,
  };
  return {
    app: { root, framework: 'rails', database, databaseEvidence: null },
    before: { schema, references: [] },
    pending: [],
    migrations: [migration],
  };
}

const proof = (operations: readonly Operation[], database: Database) => proofOf([app({ operations, database })]);
const add = (table: string, name: string) => operation('add-column', { table, column: column(name) });
const dropNick = operation('drop-column', { table: 'users', column: 'nick' });
const versions = "`SELECT version FROM schema_migrations WHERE version IN ('20260101000000');` gives 1 row";

describe('what was added', () => {
  it('is asked for in the words of each database', () => {
    const operations = [add('comments', 'moderated_at'), add('comments', 'moderator_id')];
    const asked = (schema: string) =>
      `\`SELECT column_name FROM information_schema.columns WHERE table_schema = ${schema} AND table_name = 'comments' AND column_name IN ('moderated_at', 'moderator_id');\` gives 2 rows`;
    expect(proof(operations, 'mariadb')).toBe(asked('DATABASE()'));
    expect(proof(operations, 'mysql')).toBe(asked('DATABASE()'));
    expect(proof(operations, 'postgres')).toBe(asked('current_schema()'));
    expect(proof(operations, 'sqlite')).toBe(versions);
  });

  it('is asked for in each table of several, and a hostile name stays a string', () => {
    expect(proof([add("a'b", 'x'), add('c', 'y')], 'postgres')).toBe(
      "`SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND ((table_name = 'a''b' AND column_name IN ('x')) OR (table_name = 'c' AND column_name IN ('y')));` gives 2 rows",
    );
  });

  it('has its new name after a rename', () => {
    const rename = operation('rename-column', { table: 'users', column: 'nick', to: 'handle' });
    expect(proof([rename], 'mysql')).toContain("column_name IN ('handle');` gives 1 row");
    const renameTable = operation('rename-table', { table: 'users', to: 'people' });
    expect(proof([renameTable], 'mysql')).toContain("table_name = 'people';` gives 1 row");
  });
});

describe('what is gone', () => {
  it('is a constraint that SQL renames or drops by its name alone', () => {
    const renamed = operation('rename-constraint', { table: 'users', name: 'old', to: 'new' });
    const check = operation('add-check', { table: 'users', check: { name: 'old', expression: 'x' }, validate: true });
    const schema = applyAll(emptySchema, [check]);
    const dropped = operation('drop-constraint', { table: 'users', name: 'old' });
    const asked = (each: Operation) => proofOf([app({ database: 'postgres', schema, operations: [each] })]);
    expect(asked(renamed)).toMatch(/constraint_name IN \('new'\);` gives 1 row/);
    expect(asked(dropped)).toMatch(/constraint_name IN \('old'\);` gives 0 rows/);
  });

  it('is asked for only where nothing was added', () => {
    expect(proof([dropNick], 'mysql')).toContain("column_name IN ('nick');` gives 0 rows");
    expect(proof([dropNick, add('users', 'handle')], 'mysql')).toContain("column_name IN ('handle');` gives 1 row");
    const dropTable = operation('drop-table', { table: 'users' });
    expect(proof([dropTable], 'postgres')).toContain("table_name = 'users';` gives 0 rows");
  });
});

describe('what has no name of its own', () => {
  it('shows in the versions that ran', () => {
    expect(proof([operation('set-not-null', { table: 'users', column: 'nick' })], 'mysql')).toBe(versions);
    expect(proof([add('audit.logs', 'x')], 'postgres')).toBe(versions);
  });

  it('is a foreign key that another one of its name takes the place of', () => {
    const key: ForeignKey = {
      name: 'writers',
      columns: ['user_id'],
      toTable: 'users',
      toColumns: [],
      onDelete: null,
      onUpdate: null,
    };
    const addKey = (foreignKey: ForeignKey) =>
      operation('add-foreign-key', { table: 'comments', foreignKey, validate: true, checksOff: false });
    const schema = applyAll(emptySchema, [addKey(key)]);
    const drop = operation('drop-foreign-key', { table: 'comments', name: 'writers', columns: [], toTable: null });
    const operations = [drop, addKey({ ...key, onDelete: 'cascade' })];
    expect(proofOf([app({ schema, operations })])).toBe(versions);
  });

  it('is a change of rows', () => {
    const operations = [operation('opaque', { table: null, reason: 'it runs code', hidesSchemaChange: false })];
    expect(proofOf([app({ path: 'db/data/20260101000000_fill.rb', operations })])).toBe(
      "`SELECT version FROM data_migrations WHERE version IN ('20260101000000');` gives 1 row",
    );
  });
});

describe('several databases', () => {
  it('are asked by themselves', () => {
    const [main, other] = [app({ operations: [add('users', 'x')] }), app({ operations: [add('cats', 'y')] })];
    const path = 'db/animals_migrate/20260101000000_change.rb';
    const cats = other.migrations.map((migration) => ({ ...migration, path }));
    const told = proofOf([{ ...main, migrations: [...main.migrations, ...cats] }]);
    expect(told).toContain("table_name = 'users' AND column_name IN ('x');` gives 1 row; on the database `animals`, `");
    expect(told).toContain("table_name = 'cats' AND column_name IN ('y');` gives 1 row");
  });

  it('of several apps are asked in their own words', () => {
    const told = proofOf([
      app({ root: 'shop', database: 'postgres', operations: [add('users', 'x')] }),
      app({ root: 'blog', database: 'mysql', operations: [add('posts', 'y')] }),
    ]);
    expect(told).toMatch(/^in `shop`, `SELECT .*current_schema\(\).*; in `blog`, `SELECT .*DATABASE\(\)/);
  });
});

it('is empty where no migration runs', () => {
  expect(proofOf([{ ...app({ operations: [] }), migrations: [] }])).toBe('');
});
