import { describe, expect, it } from 'vitest';

import { readDump } from '../../../src/frameworks/rails/dump.ts';

function read(text: string) {
  return readDump({ path: 'db/schema.rb', text }, { database: 'mariadb' });
}

const dump = `# a comment
ActiveRecord::Schema[7.0].define(version: 2023_09_18_145812) do
  create_table "comments", id: :integer, charset: "utf8mb4", force: :cascade do |t|
    t.text "body", size: :medium
    t.datetime "moderated_at", precision: nil
    t.integer "moderator_id", default: 0, null: false
    t.index ["moderator_id"], name: "moderated_comments_fk"
  end

  create_table "users", force: :cascade do |t|
    t.string "login"
  end

  add_foreign_key "comments", "users", column: "moderator_id", name: "moderated_comments_fk"
end
`;

describe('readDump', () => {
  it('folds a schema.rb into tables', () => {
    const result = read(dump);
    if (!result.ok) throw new Error(result.reason);
    const comments = result.schema.tables.get('comments');
    expect(result.version).toBe('20230918145812');
    expect([...result.schema.tables.keys()]).toEqual(['comments', 'users']);
    expect([...(comments?.columns.keys() ?? [])]).toEqual(['id', 'body', 'moderated_at', 'moderator_id']);
    expect(comments?.columns.get('moderator_id')).toEqual({
      name: 'moderator_id',
      type: { name: 'integer', limit: null, precision: null, scale: null, array: false },
      nullable: false,
      default: '0',
      generated: null,
    });
    expect(comments?.primaryKey).toEqual(['id']);
    expect(comments?.indexes.map(({ name, columns }) => [name, columns])).toEqual([
      ['moderated_comments_fk', ['moderator_id']],
    ]);
    expect(comments?.foreignKeys.map(({ name, toTable }) => [name, toTable])).toEqual([
      ['moderated_comments_fk', 'users'],
    ]);
  });

  it('reads the form of before 7.0', () => {
    expect(read('ActiveRecord::Schema.define(version: 20200101000000) do\n create_table "a"\nend')).toMatchObject({
      ok: true,
      version: '20200101000000',
    });
  });

  it('says where it does not parse', () => {
    expect(read('ActiveRecord::Schema[7.0].define(version: 1) do\n  create_table(\nend\n')).toMatchObject({
      ok: false,
      line: 3,
    });
  });

  it('says that a file without a schema has none', () => {
    expect(read('DataMigrate::Data.define(version: 1)')).toEqual({
      ok: false,
      line: 1,
      reason: 'it defines no schema',
    });
  });

  it('costs linear time in its tables', { timeout: 10_000 }, () => {
    const columns = Array.from({ length: 15 }, (_, index) => `    t.string "c${index}", null: false\n`).join('');
    const tables = Array.from(
      { length: 1_500 },
      (_, index) =>
        `  create_table "t${index}", force: :cascade do |t|\n${columns}    t.index ["c1"], name: "i${index}"\n  end\n`,
    );
    const result = read(`ActiveRecord::Schema[7.0].define(version: 1) do\n${tables.join('')}end\n`);
    expect(result.ok && result.schema.tables.size).toBe(1_500);
  });
});
