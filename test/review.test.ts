import { describe, expect, it } from 'vitest';

import { verdictOf } from '../src/judge.ts';
import { render } from '../src/report/templates.ts';
import { review } from '../src/review.ts';
import { type Files, readingOf, silent } from './reading.ts';

const before = {
  'config/database.yml': 'production:\n  adapter: mysql2\n',
  'app/models/plant.rb': 'class Plant < ApplicationRecord\n  def label\n    name\n  end\nend\n',
  'db/schema.rb':
    'ActiveRecord::Schema[7.0].define(version: 1) do\n  create_table "plants" do |t|\n    t.string "name"\n    t.string "nickname"\n  end\nend\n',
};
const settings = 'deploy: { order: migrations-first }\n';

function reviewed(step: string, after: Files, more: Readonly<Record<string, string>> = {}) {
  const text = `class Step < ActiveRecord::Migration[7.0]\n  def change\n    ${step}\n  end\nend\n`;
  const migration = { 'db/migrate/20260401090000_step.rb': text };
  return review(readingOf({ before: { ...before, ...more }, after: { ...migration, ...after }, settings }), silent);
}

const drop = 'remove_column :plants, :nickname, :string';

describe('the verdict', () => {
  it.each([
    [['blocking', 'warning'], true, 'unsafe'],
    [['warning', 'note'], true, 'unreadable'],
    [['warning', 'note'], false, 'caution'],
    [['note'], true, 'unreadable'],
    [['note'], false, 'safe'],
  ] as const)('of %j, unreadable %s, is %s', (severities, unreadable, verdict) => {
    expect(
      verdictOf(
        severities.map((severity) => ({ severity })),
        unreadable,
      ),
    ).toBe(verdict);
  });
});

describe('a window', () => {
  const helper = { 'app/helpers/label_helper.rb': 'def label(thing)\n  thing.nickname\nend\n' };

  it('does not break where all there is are bare matches of a name', () => {
    const { findings, windows } = reviewed(drop, {}, helper);
    expect(findings.map(({ severity, window }) => `${severity} ${window}`)).toContain('note old-code-new-schema');
    expect(windows.oldCodeNewSchema).toEqual({ breaks: false, reachable: true });
  });
});

describe('the evidence of a finding', () => {
  it('is at most twenty lines, and the others are counted', () => {
    const reads = Array.from({ length: 25 }, (_, index) => `  def a${index}\n    nickname\n  end\n`).join('');
    const model = `class Plant < ApplicationRecord\n${reads}end\n`;
    const { findings } = reviewed(drop, { 'app/models/plant.rb': null }, { 'app/models/plant.rb': model });
    expect(findings[0]?.evidence).toHaveLength(20);
    expect(findings[0]?.more).toBe(5);
  });
});

describe('a pull request touches both', () => {
  const model = (column: string) => `class Plant < ApplicationRecord\n  def label\n    ${column}.strip\n  end\nend\n`;

  it('where it changes a migration and code that uses its table', () => {
    const after = { 'app/models/plant.rb': model('name') };
    expect(reviewed('add_column :plants, :height, :integer', after).touchesBoth).toBe(true);
  });

  it('not where the code that uses the table stays as it is', () => {
    const uses = { 'app/models/plant.rb': model('nickname') };
    expect(reviewed(drop, { 'README.md': 'Plants\n' }, uses).touchesBoth).toBe(false);
  });
});

describe('templates', () => {
  it('fail where a field is missing, and never write nothing in its place', () => {
    expect(() => render('notes', { notes: [] })).toThrow(/noteCount/);
  });
});
