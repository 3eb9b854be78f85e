import { describe, expect, it } from 'vitest';

import { apply, applyAll, replay } from '../../src/schema/apply.ts';
import { foresee } from '../../src/schema/foresee.ts';
import type { Operation } from '../../src/schema/operation.ts';
import { emptySchema, hasColumn, hasTable } from '../../src/schema/schema.ts';
import { column, operation } from './operations.ts';

const users = operation('create-table', {
  table: 'users',
  columns: [column('id'), column('name')],
  primaryKey: ['id'],
  replaces: false,
});
const withUsers = apply(emptySchema, users);

function usersAfter(...operations: readonly Operation[]) {
  return applyAll(withUsers, operations);
}

describe('apply', () => {
  it('never changes the schema it was given', () => {
    const dropped = apply(withUsers, operation('drop-column', { table: 'users', column: 'name' }));
    expect(hasColumn(withUsers, 'users', 'name')).toBe(true);
    expect(hasColumn(dropped, 'users', 'name')).toBe(false);
  });

  it('takes a table that nobody described to exist, with any column', () => {
    expect(hasTable(withUsers, 'orders')).toBe(true);
    expect(hasColumn(withUsers, 'orders', 'total')).toBe(true);
  });

  it('knows that a dropped table is gone, and its columns with it', () => {
    const dropped = usersAfter(operation('drop-table', { table: 'users' }));
    expect(hasTable(dropped, 'users')).toBe(false);
    expect(hasColumn(dropped, 'users', 'name')).toBe(false);
  });

  it('keeps what is known of a table that nobody described', () => {
    const dropped = usersAfter(operation('drop-column', { table: 'orders', column: 'total' }));
    expect(hasColumn(dropped, 'orders', 'total')).toBe(false);
    expect(hasColumn(dropped, 'orders', 'state')).toBe(true);
  });

  it('moves a renamed column with its indexes and keys', () => {
    const renamed = usersAfter(
      operation('create-index', {
        table: 'users',
        index: { name: 'by_name', columns: ['name'], unique: true, where: null },
        concurrently: false,
        algorithm: null,
      }),
      operation('rename-column', { table: 'users', column: 'name', to: 'full_name' }),
    );
    expect([...(renamed.tables.get('users')?.columns.keys() ?? [])]).toEqual(['id', 'full_name']);
    expect(renamed.tables.get('users')?.indexes[0]?.columns).toEqual(['full_name']);
  });

  it('moves a renamed table and the keys that lead to it', () => {
    const renamed = usersAfter(
      operation('add-foreign-key', {
        table: 'posts',
        foreignKey: {
          name: 'fk',
          columns: ['user_id'],
          toTable: 'users',
          toColumns: ['id'],
          onDelete: null,
          onUpdate: null,
        },
        validate: true,
        checksOff: false,
      }),
      operation('rename-table', { table: 'users', to: 'people' }),
    );
    expect(hasTable(renamed, 'users')).toBe(false);
    expect(hasColumn(renamed, 'people', 'name')).toBe(true);
    expect(renamed.tables.get('posts')?.foreignKeys[0]?.toTable).toBe('people');
  });

  it('leaves a table alone that a squash creates again', () => {
    const squashed = usersAfter(
      operation('create-table', { table: 'users', columns: [], primaryKey: [], replaces: false }),
    );
    expect(hasColumn(squashed, 'users', 'name')).toBe(true);
  });

  it('never lets a column of the primary key be null, as a definition without NOT NULL asks for in MySQL', () => {
    const id = { table: 'users', column: 'id' };
    const [table] = usersAfter(operation('set-not-null', id), operation('drop-not-null', id)).tables.values();
    expect(table?.columns.get('id')?.nullable).toBe(false);
  });

  it('gives a table that is there nothing of a statement that would create it, keys included', () => {
    const index = { name: 'by_name', columns: ['name'], unique: false, where: null };
    const again = { ...users, statement: 7 };
    const its = operation(
      'create-index',
      { table: 'users', index, concurrently: false, algorithm: null },
      { statement: 7 },
    );
    const later = operation('create-index', { table: 'users', index, concurrently: false, algorithm: null });
    expect(usersAfter(again, its).tables.get('users')?.indexes).toEqual([]);
    expect(usersAfter(again, later).tables.get('users')?.indexes).toEqual([index]);
    expect(applyAll(emptySchema, [again, its]).tables.get('users')?.indexes).toEqual([index]);
  });

  it('adds no second index of a name that is there, where the statement asks for it if there is none', () => {
    const index = { name: 'by_name', columns: ['name'], unique: false, where: null };
    const created = { table: 'users', index, concurrently: false, algorithm: null };
    const twice = usersAfter(
      operation('create-index', created),
      operation('create-index', { ...created, index: { ...index, columns: ['id'] } }, { conditional: true }),
    );
    expect(twice.tables.get('users')?.indexes).toEqual([index]);
  });

  it('renames with a table the foreign keys that MySQL named after it', () => {
    const foreignKey = { columns: ['name'], toTable: 'names', toColumns: ['id'], onDelete: null, onUpdate: null };
    const add = (name: string) =>
      operation('add-foreign-key', {
        table: 'users',
        foreignKey: { ...foreignKey, name },
        validate: true,
        checksOff: false,
      });
    const renamed = usersAfter(
      add('users_ibfk_1'),
      add('users_named'),
      operation('rename-table', { table: 'users', to: 'people' }),
    );
    expect(renamed.tables.get('people')?.foreignKeys.map(({ name }) => name)).toEqual(['people_ibfk_1', 'users_named']);
  });

  it('drops the primary key with a column of it', () => {
    const [table] = usersAfter(operation('drop-column', { table: 'users', column: 'id' })).tables.values();
    expect(table?.primaryKey).toEqual([]);
  });

  it('drops the checks that name a column with it', () => {
    const check = (expression: string) =>
      operation('add-check', { table: 'users', check: { name: null, expression }, validate: true });
    const [table] = usersAfter(
      check('length(name) > 2'),
      check('length(names) > 2'),
      operation('drop-column', { table: 'users', column: 'name' }),
    ).tables.values();
    expect(table?.checks.map(({ expression }) => expression)).toEqual(['length(names) > 2']);
  });

  it('renames a column also where the keys of other tables lead to it', () => {
    const foreignKey = {
      name: 'k',
      columns: ['user_id'],
      toTable: 'users',
      toColumns: ['id'],
      onDelete: null,
      onUpdate: null,
    };
    const posts = usersAfter(
      operation('create-table', {
        table: 'posts',
        columns: [column('user_id')],
        primaryKey: [],
        replaces: false,
      }),
      operation('add-foreign-key', { table: 'posts', foreignKey, validate: true, checksOff: false }),
      operation('rename-column', { table: 'users', column: 'id', to: 'number' }),
    ).tables.get('posts');
    expect(posts?.foreignKeys).toEqual([{ ...foreignKey, toColumns: ['number'] }]);
  });

  it('takes a table to have more columns after a statement that nobody could read', () => {
    const hidden = operation('opaque', { table: 'users', reason: 'a helper of a gem', hidesSchemaChange: false });
    expect(hasColumn(withUsers, 'users', 'avatar')).toBe(false);
    expect(hasColumn(usersAfter(hidden), 'users', 'avatar')).toBe(true);
  });

  it('drops an index by name or by columns, and no other', () => {
    const index = (name: string, columns: string[]) =>
      operation('create-index', {
        table: 'users',
        index: { name, columns, unique: false, where: null },
        concurrently: false,
        algorithm: null,
      });
    const both = [index('a', ['name']), index('b', ['id'])];
    const byName = usersAfter(
      ...both,
      operation('drop-index', { table: 'users', name: 'a', columns: [], concurrently: false }),
    );
    const byColumns = usersAfter(
      ...both,
      operation('drop-index', { table: 'users', name: null, columns: ['id'], concurrently: false }),
    );
    expect(byName.tables.get('users')?.indexes.map(({ name }) => name)).toEqual(['b']);
    expect(byColumns.tables.get('users')?.indexes.map(({ name }) => name)).toEqual(['a']);
  });
});

describe('a long run of operations', () => {
  const many = 20_000;

  it('costs linear time on one table', { timeout: 5_000 }, () => {
    const wide = Array.from({ length: many }, (_, index) =>
      operation('add-column', { table: 'users', column: column(`c${index}`) }),
    );
    const key = { columns: ['id'], toTable: 'posts', toColumns: ['id'], onDelete: null, onUpdate: null };
    const keys = Array.from({ length: many }, (_, index) =>
      operation('add-foreign-key', {
        table: 'users',
        foreignKey: { ...key, name: `fk${index}` },
        validate: true,
        checksOff: false,
      }),
    );
    const table = usersAfter(...wide, ...keys).tables.get('users');
    expect([table?.columns.size, table?.foreignKeys.length]).toEqual([many + 2, many]);
  });

  it('shows each operation the schema that it meets', () => {
    const steps = ['a', 'b'].map((name) => operation('add-column', { table: 'users', column: column(name) }));
    const met = [];
    for (const { schema } of replay(withUsers, steps)) met.push(schema.tables.get('users')?.columns.size);
    expect(met).toEqual([2, 3]);
    expect(withUsers.tables.get('users')?.columns.size).toBe(2);
  });
});

describe('what PostgreSQL says without a table', () => {
  const index = (name: string, table: string) =>
    operation('create-index', {
      table,
      index: { name, columns: ['name'], unique: false, where: null },
      concurrently: false,
      algorithm: null,
    });
  const dropped = (name: string) => operation('drop-index', { table: null, name, columns: [], concurrently: false });
  const indexNames = (...operations: readonly Operation[]) =>
    usersAfter(...operations)
      .tables.get('users')
      ?.indexes.map(({ name }) => name);

  it('drops and renames the index that has the name, wherever it is', () => {
    expect(indexNames(index('a', 'users'), index('b', 'users'), dropped('a'))).toEqual(['b']);
    expect(indexNames(dropped('a'), index('a', 'users'), dropped('a'))).toEqual([]);
    const renamed = operation('rename-index', { table: null, name: 'a', to: 'b' });
    expect(indexNames(index('a', 'users'), renamed)).toEqual(['b']);
  });

  it('drops a constraint of any kind by its name', () => {
    const unique = operation('add-unique', { table: 'users', name: 'one', columns: ['name'], usingIndex: null });
    const check = operation('add-check', { table: 'users', check: { name: 'two', expression: 'x' }, validate: true });
    const without = (name: string) => operation('drop-constraint', { table: 'users', name });
    const table = usersAfter(unique, check, without('one'), without('two'), without('users_pkey')).tables.get('users');
    expect([table?.indexes, table?.checks, table?.primaryKey]).toEqual([[], [], []]);
  });

  it('drops a schema with the tables in it', () => {
    const create = (table: string) =>
      operation('create-table', { table, columns: [], primaryKey: [], replaces: false });
    const gone = operation('drop-object', { object: 'schema', table: null, name: 'old' });
    expect([...usersAfter(create('old.a'), create('older.b'), gone).tables.keys()]).toEqual(['users', 'older.b']);
  });

  it('leads a foreign key without columns to the primary key', () => {
    const foreignKey = { name: 'k', columns: ['a'], toTable: 'users', toColumns: [], onDelete: null, onUpdate: null };
    const add = operation('add-foreign-key', { table: 'users', foreignKey, validate: true, checksOff: false });
    expect(usersAfter(add).tables.get('users')?.foreignKeys[0]?.toColumns).toEqual(['id']);
  });
});

describe('a table that is there already', () => {
  it('gets nothing of a statement that would create it', () => {
    const again = operation(
      'create-table',
      { table: 'users', columns: [column('other')], primaryKey: [], replaces: false },
      { statement: 7 },
    );
    const unique = { table: 'users', name: 'one', columns: ['other'], usingIndex: null };
    const skipped = operation('add-unique', unique, { statement: 7 });
    expect(usersAfter(again, skipped)).toEqual(withUsers);
    expect(usersAfter(again, operation('add-unique', unique, { statement: 8 }))).not.toEqual(withUsers);
  });
});

describe('a table made from another', () => {
  const made = (parts: object) =>
    usersAfter(
      operation('create-table', { table: 'copies', columns: [], primaryKey: [], replaces: false, ...parts }),
    ).tables.get('copies');

  it('takes its columns over', () => {
    const copy = made({ from: [{ table: 'users', manner: 'like', including: ['indexes'] }] });
    expect([[...(copy?.columns.keys() ?? [])], copy?.primaryKey, copy?.open]).toEqual([['id', 'name'], ['id'], false]);
  });

  it('stays open where the other is not known, and where a query decides', () => {
    expect(made({ from: [{ table: 'nowhere', manner: 'inherit', including: [] }] })?.open).toBe(true);
    expect(made({ open: true })?.open).toBe(true);
  });
});

describe('foresee', () => {
  it('knows that what a migration brings is not there before it', () => {
    const add = operation('add-column', { table: 'orders', column: column('total') });
    const create = operation('create-table', {
      table: 'locks',
      columns: [column('id')],
      primaryKey: ['id'],
      replaces: false,
    });
    const now = foresee(withUsers, [add, create]);
    expect(hasColumn(now, 'orders', 'total')).toBe(false);
    expect(hasColumn(now, 'orders', 'state')).toBe(true);
    expect(hasTable(now, 'locks')).toBe(false);
  });

  it('believes that a table is there when it is dropped before it is created again', () => {
    const again = [
      operation('drop-table', { table: 'locks' }),
      operation('create-table', { table: 'locks', columns: [], primaryKey: [], replaces: false }),
    ];
    expect(hasTable(foresee(withUsers, again), 'locks')).toBe(true);
  });

  it('takes a table that the dump lacks to be missing where a migration creates it only if it is', () => {
    const create = operation(
      'create-table',
      { table: 'locks', columns: [], primaryKey: [], replaces: false },
      { conditional: true },
    );
    const index = operation(
      'create-index',
      {
        table: 'locks',
        index: { name: null, columns: ['id'], unique: false, where: null },
        concurrently: false,
        algorithm: null,
      },
      { conditional: true },
    );
    expect(hasTable(foresee(withUsers, [create, index]), 'locks')).toBe(false);
    const drop = operation('drop-table', { table: 'locks' }, { conditional: true });
    expect(hasTable(foresee(withUsers, [drop, create]), 'locks')).toBe(false);
  });

  it('cannot tell that of a table where there is no dump at all', () => {
    const create = operation(
      'create-table',
      { table: 'locks', columns: [], primaryKey: [], replaces: false },
      { conditional: true },
    );
    expect(hasTable(foresee(emptySchema, [create]), 'locks')).toBe(true);
  });

  it('takes a view to be there that a statement may only replace', () => {
    expect(hasTable(foresee(withUsers, [operation('create-view', { table: 'recent' })]), 'recent')).toBe(false);
    const replace = operation('create-view', { table: 'recent', replaces: true });
    expect(hasTable(foresee(withUsers, [replace]), 'recent')).toBe(true);
  });

  it('proves nothing from a statement that may not run', () => {
    const maybe = operation('add-column', { table: 'orders', column: column('total') }, { conditional: true });
    expect(hasColumn(foresee(withUsers, [maybe]), 'orders', 'total')).toBe(true);
  });
});
