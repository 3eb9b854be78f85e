import { describe, expect, it } from 'vitest';

import { breaks } from '../../src/deploy/breaks.ts';
import type { Deploy, NewReference, Reference } from '../../src/deploy/deploy.ts';
import { applyAll } from '../../src/schema/apply.ts';
import type { Migration } from '../../src/schema/migration.ts';
import type { Operation } from '../../src/schema/operation.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { column, operation } from '../schema/operations.ts';

const schema = applyAll(emptySchema, [
  operation('create-table', {
    table: 'users',
    columns: [column('id'), column('name')],
    primaryKey: ['id'],
    replaces: false,
  }),
]);

function needs(name: string, line = 1): NewReference {
  const [table = '', columnName] = name.split('.');
  const at = { path: 'app/models/user.rb', line, column: 1 };
  const common = { access: 'read', certainty: 'certain', because: 'it says so', quote: name } as const;
  return { table, column: columnName ?? null, at, ...common, changed: true, fresh: false };
}

function migration(operations: readonly Operation[], parts: Partial<Migration> = {}): Migration {
  return {
    path: 'db/migrate/1_change.rb',
    framework: 'rails',
    database: 'mariadb',
    version: '1',
    transaction: false,
    when: 'unstated',
    kind: 'schema',
    operations,
    ...parts,
  };
}

function deploy(parts: {
  old?: Reference[];
  now?: NewReference[];
  migrations?: Migration[];
  pending?: Migration[];
}): Deploy {
  return {
    app: { root: '', framework: 'rails', database: 'mariadb', databaseEvidence: null },
    before: { schema, references: parts.old ?? [] },
    pending: parts.pending ?? [],
    migrations: parts.migrations ?? [],
    edited: [],
    after: { references: parts.now ?? [] },
    order: { rollout: null, order: 'rolling', source: 'declared', evidence: [] },
  };
}

function told(value: Deploy): readonly string[] {
  return breaks(value).map(({ code, reference, step }) => {
    const what = reference.column === null ? reference.table : `${reference.table}.${reference.column}`;
    return `${code} ${what} ${step?.operation.kind ?? 'nothing'}`;
  });
}

const addFullName = operation('add-column', { table: 'users', column: column('full_name') });
const dropName = operation('drop-column', { table: 'users', column: 'name' });

describe('breaks', () => {
  it('blames the operation that takes what a process read when it started, and nothing where it never was', () => {
    const cached = (name: string): NewReference => ({ ...needs(name), untilRestart: true });
    const migrations = [migration([addFullName, dropName])];
    expect(
      told(deploy({ now: [cached('users.name'), cached('users.full_name'), cached('users.never')], migrations })),
    ).toEqual(['new-started-before users.name drop-column']);
    expect(told(deploy({ now: [cached('users.name')], migrations: [migration([addFullName])] }))).toEqual([]);
  });

  it('blames the operation that brings what new code needs', () => {
    expect(told(deploy({ now: [needs('users.full_name')], migrations: [migration([addFullName])] }))).toEqual([
      'new users.full_name add-column',
    ]);
  });

  it('blames the operation that takes what old code needs', () => {
    expect(told(deploy({ old: [needs('users.name')], migrations: [migration([dropName])] }))).toEqual([
      'old users.name drop-column',
    ]);
  });

  it('says nothing of code that never met the name', () => {
    expect(
      told(
        deploy({ old: [needs('users.full_name')], now: [needs('users.id')], migrations: [migration([addFullName])] }),
      ),
    ).toEqual([]);
  });

  it('tells both sides of a rename', () => {
    const rename = operation('rename-column', { table: 'users', column: 'name', to: 'full_name' });
    const value = deploy({
      old: [needs('users.name')],
      now: [needs('users.full_name')],
      migrations: [migration([rename])],
    });
    expect(told(value)).toEqual(['old users.name rename-column', 'new users.full_name rename-column']);
  });

  it('does not see what a transaction undoes before it ends', () => {
    const swap = [
      operation('rename-table', { table: 'users', to: 'people' }, { line: 1 }),
      operation('create-view', { table: 'users' }, { line: 2 }),
    ];
    const value = (transaction: boolean) =>
      deploy({ old: [needs('users.name')], migrations: [migration(swap, { transaction })] });
    expect(told(value(true))).toEqual([]);
    expect(told(value(false))).toEqual(['old users.name rename-table']);
  });

  it('takes no nil for an error, except of a process that knows the name', () => {
    const full = { table: 'users', column: 'full_name' };
    const value = deploy({
      old: [{ ...needs('users.name'), nilWithout: [{ table: 'users', column: 'name' }] }],
      now: [
        { ...needs('users.full_name'), nilWithout: [full] },
        { ...needs('teams.id'), nilWithout: [{ table: 'users', column: 'id' }, full] },
        { ...needs('users.full_name'), nilWithout: [{ table: 'users', column: 'id' }] },
      ],
      migrations: [
        migration([
          operation('drop-column', { table: 'users', column: 'name' }, { line: 1 }),
          operation('create-table', { table: 'teams', columns: [column('id')], primaryKey: ['id'], replaces: false }),
          operation('add-column', { table: 'users', column: column('full_name') }, { line: 3 }),
        ]),
      ],
    });
    expect(told(value)).toEqual(['old users.name drop-column', 'new users.full_name add-column']);
  });

  it('finds new code that no order helps', () => {
    const value = deploy({ now: [needs('users.nickname'), needs('users.name')], migrations: [migration([dropName])] });
    expect(told(value)).toEqual(['new-for-good users.nickname nothing', 'new-for-good users.name drop-column']);
  });

  it('knows that a table which a pending migration creates is not there now', () => {
    const create = operation('create-table', {
      table: 'locks',
      columns: [column('id')],
      primaryKey: ['id'],
      replaces: false,
    });
    const found = breaks(deploy({ now: [needs('locks.id')], pending: [migration([create])] }));
    expect(found.map(({ code, step }) => [code, step?.pending])).toEqual([['new', true]]);
  });

  it('sees the moments between two statements of one migration where DDL commits by itself', () => {
    const again = [
      operation('drop-column', { table: 'users', column: 'name' }, { line: 1 }),
      operation('add-column', { table: 'users', column: column('name') }, { line: 2 }),
    ];
    expect(told(deploy({ old: [needs('users.name')], migrations: [migration(again)] }))).toEqual([
      'old users.name drop-column',
    ]);
    expect(told(deploy({ old: [needs('users.name')], migrations: [migration(again, { transaction: true })] }))).toEqual(
      [],
    );
  });
});
