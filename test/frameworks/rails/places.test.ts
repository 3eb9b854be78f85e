import { describe, expect, it } from 'vitest';

import { dumpPlace, migrationPlace } from '../../../src/frameworks/rails/places.ts';

describe('migrationPlace', () => {
  it('finds the app, the version and the name', () => {
    expect(migrationPlace('src/api/db/migrate/20230918145812_add_locks.rb')).toEqual({
      root: 'src/api',
      version: '20230918145812',
      name: 'add_locks',
      folder: 'src/api/db/migrate',
      kind: 'schema',
      when: 'unstated',
      databaseName: null,
    });
  });

  it.each([
    ['db/migrate/1_a.rb', '', 'schema', 'unstated', null],
    ['db/migrate/old/1_a.rb', '', 'schema', 'unstated', null],
    ['db/post_migrate/1_a.rb', '', 'schema', 'after-code', null],
    ['db/animals_migrate/1_a.rb', '', 'schema', 'unstated', 'animals'],
    ['db/data/1_a.rb', '', 'data', 'unstated', null],
    ['engines/shop/db/migrate/1_a.rb', 'engines/shop', 'schema', 'unstated', null],
    ['db/migrate/1_a.shop.rb', '', 'schema', 'unstated', null],
  ] as const)('reads %s', (path, root, kind, when, databaseName) => {
    expect(migrationPlace(path)).toMatchObject({ root, kind, when, databaseName });
  });

  it.each([
    'db/migrate/helpers.rb',
    'db/migrate/1_a.sql',
    'db/old_migrations/1_a.rb',
    'db/seeds/1_a.rb',
    'db/1_a.rb',
    'app/migrate/1_a.rb',
    'mydb/migrate/1_a.rb',
    'lib/db.rb',
    '1_a.rb',
  ])('leaves %s', (path) => {
    expect(migrationPlace(path)).toBeNull();
  });
});

describe('dumpPlace', () => {
  it.each([
    ['db/schema.rb', '', null],
    ['src/api/db/schema.rb', 'src/api', null],
    ['db/animals_schema.rb', '', 'animals'],
    ['db/structure.sql', '', null],
    ['src/api/db/animals_structure.sql', 'src/api', 'animals'],
  ])('finds %s', (path, root, databaseName) => {
    expect(dumpPlace(path)).toEqual({ root, databaseName });
  });

  it.each(['schema.rb', 'lib/schema.rb', 'db/data_schema.rb', 'db/migrate/schema.rb', 'db/infrastructure.sql'])(
    'leaves %s',
    (path) => {
      expect(dumpPlace(path)).toBeNull();
    },
  );
});
