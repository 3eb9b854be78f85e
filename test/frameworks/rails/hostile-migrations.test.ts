import { describe, expect, it } from 'vitest';

import { readMigration } from '../../../src/frameworks/rails/migrations.ts';
import type { Database } from '../../../src/schema/migration.ts';
import type { Operation } from '../../../src/schema/operation.ts';

const read = (text: string) => readIn('mysql', text);

function readIn(database: Database, text: string): readonly Operation[] {
  const file = { path: 'db/migrate/20261101120000_hostile.rb', text };
  return readMigration(file, { database }).operations;
}

const inChange = (body: string) => `class Hostile < ActiveRecord::Migration[7.0]\ndef change\n${body}\nend\nend\n`;

/** No single one may take longer; measured ones take less than half a second. */
const limit = 5_000;

/** Texts that must not be half read: each ends in an operation that says so. */
const unreadable: Readonly<Record<string, string>> = {
  '30 KB of brackets': '('.repeat(30_000),
  'brackets that are closed': inChange(`${'('.repeat(3_000)}1${')'.repeat(3_000)}`),
  'a 5 MB file': 'a = 1\n'.repeat(900_000),
  'text that is no Ruby': 'class \u0000\uD800 \uFFFD def',
  'two hundred nested conditions': inChange(
    `${'if a?\n'.repeat(200)}add_column :a, :b, :string\n${'end\n'.repeat(200)}`,
  ),
  'two thousand nested conditions': inChange(`${'if a?\n'.repeat(2_000)}b\n${'end\n'.repeat(2_000)}`),
  'a long chain of sums': inChange(`x = ${'"a" + '.repeat(20_000)}"b"`),
  'a loop of a million turns': inChange('(1..1_000_000).each { |i| add_column :a, "c#{i}", :string }'),
  'nested loops': inChange('(1..900).each { |i| (1..900).each { |j| add_column :a, "c#{i}_#{j}", :string } }'),
  'endless recursion': 'class A < ActiveRecord::Migration[7.0]\ndef up\nagain\nend\ndef again\nagain\nend\nend',
  'helpers that double': `class A < ActiveRecord::Migration[7.0]\ndef up\nm0\nend\n${doubling(23)}end`,
  'a text that doubles': inChange(`a = "x"\n${'a = "#{a}#{a}"\n'.repeat(60)}add_column a, :b, :string`),
  'constants in a circle':
    'class A < ActiveRecord::Migration[7.0]\nB = C\nC = B\ndef up\nadd_column B, :c, :string\nend\nend',
};

function doubling(depth: number): string {
  const helpers = Array.from({ length: depth }, (_, level) => `def m${level}\nm${level + 1}\nm${level + 1}\nend\n`);
  return `${helpers.join('')}def m${depth}\nadd_column :a, :b, :string\nend\n`;
}

/** The rule for one list of statements in both branches, at every level. */
const nestedAlike = (depth: number) =>
  `${'if a?\nadd_column :a, :b, :string\nelse\n'.repeat(depth)}add_column :a, :b, :string\n${'end\n'.repeat(depth)}`;

describe('a hostile migration', () => {
  for (const [title, text] of Object.entries(unreadable)) {
    it(`is said to be unread: ${title}`, { timeout: limit }, () => {
      expect(read(text).some((operation) => operation.kind === 'opaque' && operation.hidesSchemaChange)).toBe(true);
    });
  }

  it('is not taken in by names that objects of JavaScript have', () => {
    const names = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];
    for (const name of names) {
      const operations = read(inChange(`User.${name}\nUser.first.${name}\nchange_table(:users) { |t| t.${name} :a }`));
      expect(operations.map(({ kind }) => kind)).toContain('opaque');
      expect(JSON.parse(JSON.stringify(operations))).toEqual(operations);
    }
  });

  it('is read to its end where it is only long', { timeout: limit }, () => {
    const columns = Array.from({ length: 15_000 }, (_, index) => `t.string :c${index}`).join('\n');
    const [table] = read(inChange(`create_table(:wide) { |t|\n${columns}\n}`));
    expect(table?.kind === 'create-table' && table.columns.length).toBe(15_001);
  });

  it('knows that a guard before it makes it conditional, however many there are', { timeout: limit }, () => {
    const operations = read(inChange(`${'return if a?\n'.repeat(10_000)}add_column :a, :b, :string`));
    expect(operations.map(({ kind, conditional }) => [kind, conditional])).toEqual([['add-column', true]]);
  });

  it('says once what all branches do, however they nest', { timeout: limit }, () => {
    const wide = Array.from({ length: 2_000 }, (_, index) => `add_column :a, :c${index}, :string`).join('\n');
    expect(read(inChange(nestedAlike(50)))).toHaveLength(1);
    expect(read(inChange(`if a?\n${wide}\nelse\n${wide}\nend`))).toHaveLength(2_000);
  });

  it('costs linear time in long SQL, names and patterns', { timeout: limit }, () => {
    const bodies = [
      `execute "${"/* ' ".repeat(100_000)}"`,
      `execute "${'ALTER TABLE a ADD b int; '.repeat(7_000)}"`,
      `execute "SET ${'a '.repeat(90_000)}; DROP TABLE b"`,
      `add_reference :${'a'.repeat(100_000)}, :${'b'.repeat(100_000)}, foreign_key: true`,
      `User.update_all("${'a=b,'.repeat(40_000)}")`,
      `add_column :t, :c, "${'a '.repeat(90_000)}"`,
      `system "${'drop '.repeat(90_000)}"`,
      `system "drop${' '.repeat(200_000)}"`,
      `execute "CREATE${' OR'.repeat(90_000)}"`,
    ];
    for (const body of bodies) expect(read(inChange(body)).length).toBeGreaterThan(0);
  });

  const statements = 'ALTER TABLE a ADD COLUMN b int; UPDATE a SET b = 1; '.repeat(3_500);

  it.each(['postgres', 'mysql', 'sqlite'] as const)(
    'pays for the SQL of %s each time that a loop sends it',
    { timeout: limit * 2 },
    (database) => {
      const looping = inChange(`sql = <<~SQL\n${statements}\nSQL\n900.times { execute sql }`);
      const holes = inChange(`execute "${'ALTER TABLE a ADD COLUMN #{b} int;\n'.repeat(3_500)}"`);
      for (const text of [looping, holes]) {
        const operations = readIn(database, text);
        expect(operations.length).toBeGreaterThan(3_000);
        expect(operations.some((operation) => operation.kind === 'opaque' && operation.hidesSchemaChange)).toBe(true);
      }
    },
  );
});
