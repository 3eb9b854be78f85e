import { describe, expect, it } from 'vitest';

import { judge } from '../../../src/judge.ts';
import type { Reading } from '../../../src/reading.ts';
import { type PullRequest, readingOf, silent } from '../../reading.ts';

const project = {
  'config/application.rb': 'module Shop\n  class Application < Rails::Application\n  end\nend\n',
  'config/database.yml': 'production:\n  adapter: postgresql\n',
};

function migration(name: string, ...statements: readonly string[]): string {
  const body = statements.map((statement) => `    ${statement}\n`).join('');
  return `class ${name} < ActiveRecord::Migration[7.0]\n  def change\n${body}  end\nend\n`;
}

function dump(version: string, ...tables: readonly string[]): string {
  const body = tables.map((table) => `  create_table "${table}" do |t|\n    t.string "name"\n  end\n`).join('');
  return `ActiveRecord::Schema[7.0].define(version: ${version}) do\n${body}end\n`;
}

function reading({ before, ...rest }: PullRequest): Reading {
  return readingOf({ before: { ...project, ...before }, settings: '', ...rest });
}

function read(value: Reading) {
  const [app] = judge(value, silent).apps;
  if (!app) throw new Error('no app was found');
  return app;
}

const paths = (migrations: readonly { readonly path: string }[]) => migrations.map(({ path }) => path);

describe('several databases of one app', () => {
  it('number their migrations apart', () => {
    const app = read(
      reading({
        before: { 'db/migrate/20260101000000_a.rb': migration('A', 'create_table :plants') },
        after: { 'db/animals_migrate/20260101000000_b.rb': migration('B', 'create_table :cats') },
      }),
    );
    expect(paths(app.migrations)).toEqual(['db/animals_migrate/20260101000000_b.rb']);
  });

  it('have a dump each, which tells nothing of how far the others are', () => {
    const app = read(
      reading({
        before: {
          'db/schema.rb': dump('2026_06_01_000000', 'plants'),
          'db/animals_schema.rb': dump('2026_01_01_000000', 'cats'),
          'db/animals_migrate/20260201000000_add_age.rb': migration('AddAge', 'add_column :cats, :age, :integer'),
          'db/migrate/20260201000000_add_height.rb': migration('AddHeight', 'add_column :plants, :height, :integer'),
        },
        after: { 'app/models/cat.rb': 'class Cat < ApplicationRecord\nend\n' },
      }),
    );
    expect([...(app.before.schema.tables.get('cats')?.columns.keys() ?? [])]).toContain('age');
    expect([...(app.before.schema.tables.get('plants')?.columns.keys() ?? [])]).not.toContain('height');
  });
});

describe('a structure.sql', () => {
  const structure = (versions: readonly string[], columns = 'name character varying') =>
    `CREATE TABLE public.plants (\n    id bigint NOT NULL,\n    ${columns}\n);\n` +
    `INSERT INTO "schema_migrations" (version) VALUES\n${versions.map((each) => `('${each}')`).join(',\n')};\n`;
  const columnsOf = (before: PullRequest['before']) => {
    const after = { 'app/models/plant.rb': 'class Plant < ApplicationRecord\nend\n' };
    return [...(read(reading({ before, after })).before.schema.tables.get('plants')?.columns.keys() ?? [])];
  };
  const migrations = {
    'db/migrate/001_add_name.rb': migration('AddName', 'remove_column :plants, :name'),
    'db/migrate/20260201000000_add_height.rb': migration('AddHeight', 'add_column :plants, :height, :integer'),
    'db/migrate/20260301000000_add_age.rb': migration('AddAge', 'add_column :plants, :age, :integer'),
  };

  it('holds the migrations whose versions it lists, whatever others it lists beside them', () => {
    const before = { ...migrations, 'db/structure.sql': structure(['20260301000000', '1']) };
    expect(columnsOf(before)).toEqual(['id', 'name', 'height']);
  });

  it('gives way to a schema.rb that is newer', () => {
    const old = structure(['20250101000000'], 'colour text');
    const newer = dump('2026_06_01_000000', 'plants');
    expect(columnsOf({ ...migrations, 'db/structure.sql': old, 'db/schema.rb': newer })).toEqual(['id', 'name']);
    const current = structure(['20260701000000', '20260301000000', '20260201000000', '1'], 'colour text');
    expect(columnsOf({ ...migrations, 'db/structure.sql': current, 'db/schema.rb': newer })).toEqual(['id', 'colour']);
  });

  it('is no Rails app by itself', () => {
    const value = readingOf({ before: { 'db/structure.sql': structure(['1']) }, settings: '', after: { 'a.rb': '' } });
    expect(judge(value, silent).apps).toEqual([]);
  });
});

describe('what is merged and not deployed', () => {
  const merged = {
    'db/schema.rb': dump('2026_01_01_000000', 'plants'),
    'db/migrate/20260201000000_add_height.rb': migration('AddHeight', 'add_column :plants, :height, :integer'),
  };
  const running = { 'db/migrate/20260201000000_add_height.rb': null };

  it('is the pull request’s own where it has it do something else', () => {
    const after = {
      'db/migrate/20260201000000_add_height.rb': migration('AddHeight', 'add_column :plants, :size, :integer'),
    };
    const app = read(reading({ before: merged, running, after }));
    expect(app.migrations.flatMap(({ operations }) => operations)).toMatchObject([{ column: { name: 'size' } }]);
    expect(app.pending).toEqual([]);
    expect(app.edited).toEqual([]);
  });

  it('keeps its place as the pull request leaves it where a later one builds on it', () => {
    const app = read(
      reading({
        before: { ...merged, 'db/migrate/20260202000000_index.rb': migration('Index', 'add_index :plants, :height') },
        running: { ...running, 'db/migrate/20260202000000_index.rb': null },
        after: {
          'db/migrate/20260201000000_add_height.rb': migration('AddHeight', 'add_column :plants, :size, :integer'),
        },
      }),
    );
    expect(app.pending.map(({ operations }) => operations[0])).toMatchObject([
      { kind: 'add-column', column: { name: 'size' } },
      { kind: 'create-index' },
    ]);
    expect(app.migrations).toEqual([]);
  });

  it('runs under the name that the pull request gives it', () => {
    const path = 'db/migrate/20260201000000_add_size.rb';
    const after = {
      'db/migrate/20260201000000_add_height.rb': null,
      [path]: migration('AddSize', 'add_column :plants, :height, :integer'),
    };
    expect(paths(read(reading({ before: merged, running, after })).pending)).toEqual([path]);
  });

  it('does not run where the pull request deletes it', () => {
    const after = { 'db/migrate/20260201000000_add_height.rb': null };
    expect(read(reading({ before: merged, running, after })).pending).toEqual([]);
  });
});

describe('what ran and the pull request edits', () => {
  const path = 'db/migrate/20260101000000_create_plants.rb';
  const before = { [path]: migration('CreatePlants', 'create_table :plants') };

  it('is told as it ran and as it is left', () => {
    const after = { [path]: migration('CreatePlants', 'create_table :flowers') };
    const [edited] = read(reading({ before, after })).edited;
    expect(edited?.before.operations).toMatchObject([{ table: 'plants' }]);
    expect(edited?.after?.operations).toMatchObject([{ table: 'flowers' }]);
  });

  it('is told as gone where it is deleted', () => {
    expect(read(reading({ before, after: { [path]: null } })).edited).toMatchObject([
      { before: { path }, after: null },
    ]);
  });
});

describe('what could not be read', () => {
  it('names a dump that does not parse, and replays the migrations', () => {
    const value = reading({
      before: {
        'db/schema.rb': 'ActiveRecord::Schema[7.0].define(version: 1) do\n  create_table (\n',
        'db/migrate/20260101000000_create_plants.rb': migration('CreatePlants', 'create_table :plants'),
      },
      after: { 'app/models/plant.rb': 'class Plant < ApplicationRecord\nend\n' },
    });
    const { unread, apps } = judge(value, silent);
    expect(unread).toMatchObject([{ path: 'db/schema.rb', reason: expect.stringMatching(/\w+/) }]);
    expect([...(apps[0]?.before.schema.tables.keys() ?? [])]).toEqual(['plants']);
  });

  it('says once why a migration has no text', () => {
    const path = 'db/migrate/20260101000000_create_plants.rb';
    const value = reading({ before: {}, after: { [path]: migration('CreatePlants', 'create_table :plants') } });
    const missing = { path, line: 1, reason: 'it is longer than 1 MB' };
    const changed = value.changed.map((file) => ({ ...file, head: null }));
    const { unread, verdict } = judge({ ...value, changed, unread: [missing] }, silent);
    expect(unread).toEqual([missing]);
    expect(verdict).toBe('unreadable');
  });
});
