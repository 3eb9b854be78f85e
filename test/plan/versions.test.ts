import { describe, expect, it } from 'vitest';

import { dumpsOf, dumpWithVersion, newMigrationNames } from '../../src/plan/rails-versions.ts';

describe('the name of a new migration', () => {
  it('comes after the newest, in the folder that is asked for', () => {
    const next = newMigrationNames(['db/migrate/20260131235959_a.rb', 'db/post_migrate/20260101000000_b.rb', 'x.rb']);
    expect(next('db/post_migrate/', 'c')?.path).toBe('db/post_migrate/20260131235960_c.rb');
    expect(next('db/migrate/', 'd')).toEqual({
      path: 'db/migrate/20260131235961_d.rb',
      name: 'd',
      version: '20260131235961',
    });
  });

  it('is not one that is there', () => {
    const next = newMigrationNames(['db/migrate/20260101000000_add_key.rb', 'db/migrate/20260102000000_add_key_2.rb']);
    expect(next('db/migrate/', 'add_key')?.name).toBe('add_key_3');
    expect(next('db/migrate/', 'add_key')?.name).toBe('add_key_4');
  });

  it('is not given where no version is left', () => {
    expect(newMigrationNames(['db/migrate/99999999999999_a.rb'])('db/migrate/', 'b')).toBeNull();
  });
});

describe('a dump that knows of a new version', () => {
  it('writes it as the dump writes its own', () => {
    const dump = (version: string) => `ActiveRecord::Schema[7.0].define(version: ${version}) do\nend\n`;
    expect(dumpWithVersion('db/schema.rb', dump('2026_01_01_000000'), '20260101000001')).toBe(
      dump('2026_01_01_000001'),
    );
    expect(dumpWithVersion('db/schema.rb', dump('20260101000000'), '20260101000001')).toBe(dump('20260101000001'));
  });

  const list = (...rows: string[]) => `X\n\nINSERT INTO \`schema_migrations\` (version) VALUES\n${rows.join('\n')}\n\n`;

  it('lists it last where the newest stands last', () => {
    expect(
      dumpWithVersion('db/structure.sql', list("('20250101000000'),", "('20260101000000');"), '20260101000001'),
    ).toBe(list("('20250101000000'),", "('20260101000000'),", "('20260101000001');"));
  });

  it('lists it first where the newest stands first', () => {
    expect(
      dumpWithVersion('db/structure.sql', list("('20260101000000'),", "('20250101000000');"), '20260101000001'),
    ).toBe(list("('20260101000001'),", "('20260101000000'),", "('20250101000000');"));
  });

  it('stays as it is where it has no such line', () => {
    expect(dumpWithVersion('db/schema.rb', 'nothing', '1')).toBe('nothing');
    expect(dumpWithVersion('db/structure.sql', list('(0x1);'), '1')).toBe(list('(0x1);'));
  });

  it('belongs to the folder of the database', () => {
    expect(dumpsOf('src/api/db/migrate/')).toEqual(['src/api/db/schema.rb', 'src/api/db/structure.sql']);
    expect(dumpsOf('db/post_migrate/')[0]).toBe('db/schema.rb');
    expect(dumpsOf('db/animals_migrate/')[0]).toBe('db/animals_schema.rb');
    expect(dumpsOf('lib/')).toEqual([]);
  });
});
