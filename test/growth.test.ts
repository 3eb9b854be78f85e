import { expect, it } from 'vitest';

import { review } from '../src/review.ts';
import { readingOf, silent } from './reading.ts';
import { steps } from './work.ts';

const each = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

/** A pull request of many statements of one kind, on code that needs what each of them is about. */
function pullRequest(count: number, statement: (at: number) => string) {
  const migration = `class Many < ActiveRecord::Migration[7.0]\n  def change\n${each(count, statement)}\n  end\nend\n`;
  const columns = each(count, (at) => `    t.integer "old${at}"`);
  const reads = (prefix: string) => `  def ${prefix}\n${each(count, (at) => `    ${prefix}${at}`)}\n  end\n`;
  return readingOf({
    before: {
      Gemfile: "gem 'rails'\ngem 'mysql2'\n",
      'config/application.rb': '',
      'app/models/plant.rb': `class Plant < ApplicationRecord\n${reads('old')}end\n`,
      'db/schema.rb': `ActiveRecord::Schema[7.0].define(version: 1) do
  create_table "beds" do |t|\n  end
  create_table "plants" do |t|\n${columns}\n  end\nend\n`,
    },
    after: {
      'db/migrate/20260101000000_many.rb': migration,
      'app/models/plant.rb': `class Plant < ApplicationRecord\n${reads('old')}${reads('new')}end\n`,
    },
    settings: 'deploy: { order: rolling }\n',
  });
}

it.each<[string, (at: number) => string]>([
  ['columns that come', (at) => `    add_column :plants, :new${at}, :string`],
  ['columns that go', (at) => `    remove_column :plants, :old${at}, :integer`],
  ['columns that get another name', (at) => `    rename_column :plants, :old${at}, :new${at}`],
  ['foreign keys', (at) => `    add_foreign_key :plants, :beds, column: :old${at}`],
  ['indexes', (at) => `    add_index :plants, :old${at}`],
  ['tables that come', (at) => `    create_table :t${at} do |t|\n      t.string :name\n    end`],
  ['tables that get another name', (at) => `    rename_table :t${at}, :u${at}`],
  ['statements that nobody can read', (at) => `    execute "ALTER TABLE plants ADD c${at} INT"`],
])('the work of a review grows with its statements and no faster: %s', (_, statement) => {
  const workOf = (count: number) => {
    const reading = pullRequest(count, statement);
    return steps(() => review(reading, silent));
  };
  workOf(10);
  expect(workOf(400) / workOf(100)).toBeLessThan(5);
});
