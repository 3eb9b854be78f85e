import { describe, expect, it } from 'vitest';

import { review } from '../src/review.ts';
import { type Files, readingOf, silent } from './reading.ts';

const schema = `ActiveRecord::Schema[7.0].define(version: 2026_01_01_000000) do
  create_table "plants" do |t|
    t.string "name"
    t.string "nickname"
  end
end
`;

const model = (...lines: readonly string[]) =>
  `class Plant < ApplicationRecord\n${lines.map((line) => `  ${line}\n`).join('')}end\n`;

function migration(name: string, ...statements: readonly string[]): string {
  const body = statements.map((statement) => `    ${statement}\n`).join('');
  return `class ${name} < ActiveRecord::Migration[7.0]\n  def change\n${body}  end\nend\n`;
}

const remove = migration('RemoveNickname', 'remove_column :plants, :nickname, :string');
const drop = { 'db/migrate/20260201000000_remove_nickname.rb': remove };

function rollback(pull: { defaults?: string; before?: Record<string, string>; running?: Files; after: Files }) {
  const before = {
    'config/application.rb': `module Shop\n  class Application < Rails::Application\n    config.load_defaults ${pull.defaults ?? '6.1'}\n  end\nend\n`,
    'db/schema.rb': schema,
    'app/models/plant.rb': model(),
    ...pull.before,
  };
  const running = pull.running ? { running: pull.running } : {};
  return review(readingOf({ before, after: pull.after, settings: '', ...running }), silent).rollback;
}

describe('whether old code can come back', () => {
  it('asks what it needs on the last schema', () => {
    const before = { 'app/models/plant.rb': model('scope :known, -> { where.not(nickname: nil) }') };
    expect(rollback({ before, after: drop })).toEqual({
      safe: false,
      reason: 'The old code cannot come back: it needs `plants.nickname`, which the migration takes away.',
    });
    expect(rollback({ after: drop }).safe).toBe(true);
  });

  it('does not mind what goes and returns on the way', () => {
    const before = { 'app/models/plant.rb': model('scope :known, -> { where.not(nickname: nil) }') };
    const again = migration('AddNickname', 'add_column :plants, :nickname, :text');
    expect(rollback({ before, after: { ...drop, 'db/migrate/20260202000000_add_nickname.rb': again } }).safe).toBe(
      true,
    );
  });

  it('does not mind a column list that a process makes anew when it starts', () => {
    expect(rollback({ defaults: '7.0', after: drop }).safe).toBe(true);
    const before = { 'app/models/plant.rb': model('self.ignored_columns = %w[other]') };
    expect(rollback({ before, after: drop }).safe).toBe(true);
  });

  it('counts what is merged and not deployed', () => {
    const path = 'db/migrate/20260101120000_remove_nickname.rb';
    const running = { [path]: null, 'app/models/plant.rb': model('scope :known, -> { where.not(nickname: nil) }') };
    const after = { 'app/models/plant.rb': model('# nothing') };
    expect(rollback({ before: { [path]: remove }, running, after })).toEqual({
      safe: false,
      reason:
        'The old code cannot come back: it needs `plants.nickname`, which a migration that is merged and not deployed yet takes away.',
    });
  });

  it('does not promise what nobody searched for', () => {
    const path = 'db/migrate/20260101120000_remove_nickname.rb';
    const after = { 'app/models/plant.rb': model('# nothing') };
    expect(rollback({ before: { [path]: remove }, running: { [path]: null }, after })).toEqual({
      safe: false,
      reason:
        'Whether the old code can come back cannot be told: a migration that is merged and not deployed yet takes `plants.nickname` away, and only models were searched for it.',
    });
  });

  it('knows that merged migrations run too', () => {
    const path = 'db/migrate/20260101120000_add_height.rb';
    const before = { [path]: migration('AddHeight', 'add_column :plants, :height, :integer') };
    const after = { 'app/models/plant.rb': model('# nothing') };
    expect(rollback({ before, running: { [path]: null }, after }).reason).toContain('runs on the new schema');
    expect(rollback({ before, after }).reason).toContain('No migration runs');
  });

  it('cannot tell where a merged statement hides what it does', () => {
    const path = 'db/migrate/20260101120000_hide.rb';
    const hidden = migration('Hide', 'execute "ALTER TABLE #' + '{name} DROP COLUMN x"');
    const after = { 'app/models/plant.rb': model('# nothing') };
    expect(rollback({ before: { [path]: hidden }, running: { [path]: null }, after })).toEqual({
      safe: false,
      reason: 'Whether the old code can come back cannot be told: a statement hides what it does.',
    });
  });
});
