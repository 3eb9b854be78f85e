import { describe, expect, it } from 'vitest';

import { report } from '../src/report/index.ts';
import { review } from '../src/review.ts';
import { type Files, readingOf, silent } from './reading.ts';

/** A small Rails app, and settings for it. */
const before = {
  Gemfile: "gem 'rails'\ngem 'mysql2'\n",
  'config/database.yml': 'production:\n  adapter: mysql2\n',
  'app/models/plant.rb': 'class Plant < ApplicationRecord\n  def label\n    nickname\n  end\nend\n',
  'app/models/bed.rb': 'class Bed < ApplicationRecord\nend\n',
  'db/schema.rb': `ActiveRecord::Schema[7.0].define(version: 1) do
  create_table "plants" do |t|
    t.string "nickname"
    t.integer "bed_id"
  end
  create_table "beds" do |t|
  end
end
`,
};

function migrationWith(step: string): Files {
  const text = `class Step < ActiveRecord::Migration[7.0]\n  def change\n    ${step}\n  end\nend\n`;
  return { 'db/migrate/20260401090000_step.rb': text };
}

const unused = { 'app/models/plant.rb': 'class Plant < ApplicationRecord\nend\n' };
const drop = { ...migrationWith('remove_column :plants, :nickname, :string'), ...unused };
const link = migrationWith('add_foreign_key :plants, :beds');
function reviewed(after: Files, settings: string, more: Readonly<Record<string, string>> = {}) {
  return review(readingOf({ before: { ...before, ...more }, after, settings }), silent);
}

function severities(after: Files, settings: string) {
  return reviewed(after, settings).findings.map(({ hazard, severity }) => `${severity} ${hazard}`);
}

const order = (name: string) => `deploy: { order: ${name} }\n`;
const severity = (hazard: string, word: string) => `hazards: { ${hazard}: { severity: ${word} } }\n`;

describe('the severity that settings give a hazard', () => {
  it('takes the place of the one that holds', () => {
    const settings = `${order('migrations-first')}${severity('name-removed-in-use', 'warning')}`;
    expect(severities(drop, settings)).toEqual(['warning name-removed-in-use']);
    const lower = `${order('migrations-first')}${severity('name-removed-in-use', 'note')}`;
    expect(reviewed(drop, lower)).toMatchObject({ verdict: 'safe', findings: [{ severity: 'note' }] });
  });

  it('lifts a warning', () => {
    const change = {
      ...migrationWith('add_column :plants, :height, :integer'),
      'app/models/plant.rb': 'class Plant < ApplicationRecord\n  def label\n    height\n  end\nend\n',
    };
    expect(severities(change, '')).toEqual(['warning name-needed-before-added']);
    expect(severities(change, severity('name-needed-before-added', 'blocking'))).toEqual([
      'blocking name-needed-before-added',
    ]);
  });

  it('never makes one hold the merge that cannot happen', () => {
    const settings = `${order('code-first')}${severity('name-removed-in-use', 'blocking')}`;
    expect(severities(drop, settings)).toEqual(['note name-removed-in-use']);
    const stopped = `${order('offline')}${severity('foreign-key-copies-table', 'blocking')}`;
    expect(severities(link, stopped)).toEqual(['note foreign-key-copies-table']);
  });

  it('never makes one hold the merge that is small', () => {
    const settings = `${order('code-first')}tables: { plants: { rows: 10 } }\n${severity('foreign-key-copies-table', 'blocking')}`;
    expect(severities(link, settings)).toEqual(['note foreign-key-copies-table']);
  });

  it('never makes one hold the merge that is a bare match only', () => {
    const settings = `${order('migrations-first')}hazards:\n  name-removed-in-use: { severity: blocking }\n  name-never-there: { severity: blocking }\n`;
    const bare = { ...unused, 'app/helpers/label_helper.rb': 'def label(thing)\n  thing.nickname\nend\n' };
    const { findings } = reviewed(drop, settings, bare);
    expect(findings).toHaveLength(2);
    for (const each of findings)
      expect(each).toMatchObject({ severity: 'note', evidence: [{ certainty: 'possible' }] });
  });
});

describe('the order of findings', () => {
  it('has notes of what happens before those of what cannot', () => {
    const step = 'add_column :plants, :height, :integer\n    add_foreign_key :plants, :beds';
    const model = 'class Plant < ApplicationRecord\n  def label\n    height\n  end\nend\n';
    const change = { ...migrationWith(step), 'app/models/plant.rb': model };
    expect(severities(change, order('offline'))).toEqual([
      'note foreign-key-copies-table',
      'note name-needed-before-added',
    ]);
  });
});

describe('a hazard that the settings switch off', () => {
  const presentation = { repositoryUrl: null, mode: 'block', comments: 'all', previous: null } as const;
  const settings = `${order('migrations-first')}${severity('name-removed-in-use', 'off')}`;

  it('is in no text for people, and nowhere for machines but where a window breaks', () => {
    const off = reviewed(drop, settings);
    expect(off).toMatchObject({ verdict: 'safe', windows: { oldCodeNewSchema: { breaks: true, reachable: true } } });
    const { comment, check, text } = report(off, presentation, 'text');
    const said = [comment, check.title, check.summary, check.text, text, report(off, presentation, 'markdown').text];
    for (const each of said) expect(each ?? '').not.toMatch(/Running code needs|name-removed-in-use|B1/);
    expect(check).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(report(off, presentation, 'sarif').text).not.toContain('name-removed-in-use');

    const json = JSON.parse(report(off, presentation, 'json').text ?? '') as { findings: unknown[] };
    expect(json.findings).toMatchObject([{ hazard: 'name-removed-in-use', severity: 'note' }]);
  });

  it('never says that nothing uses what breaks', () => {
    const { check } = report(reviewed(drop, settings), presentation, null);
    expect(check.title).toBe('Safe: the settings let pass what breaks');
    const note = `${order('migrations-first')}${severity('name-removed-in-use', 'note')}`;
    expect(report(reviewed(drop, note), presentation, null).check.title).toBe(
      'Safe: the settings let pass what breaks',
    );
  });

  it('leaves what the roll-back answer says', () => {
    expect(reviewed(drop, settings).rollback.safe).toBe(false);
  });

  it('is gone altogether where it says nothing of a window', () => {
    const off = reviewed(link, `${order('code-first')}${severity('foreign-key-copies-table', 'off')}`);
    const json = JSON.parse(report(off, presentation, 'json').text ?? '') as { verdict: string; findings: unknown[] };
    expect(json).toMatchObject({ verdict: 'safe', findings: [] });
  });
});

describe('rollouts', () => {
  const two = `deploy:\n  - { name: production, order: migrations-first }\n  - { name: packages, order: offline }\n`;

  it('of a finding are none where only one is declared', () => {
    const { findings, deploys } = reviewed(drop, 'deploy:\n  - { name: production, order: migrations-first }\n');
    expect(findings).toMatchObject([{ severity: 'blocking', rollouts: [] }]);
    expect(deploys).toMatchObject([{ rollout: null, order: 'migrations-first' }]);
  });

  it('of a finding are those in which it is as severe as it says', () => {
    expect(reviewed(drop, two).findings).toMatchObject([{ severity: 'blocking', rollouts: ['production'] }]);
    const swapped = `deploy:\n  - { name: packages, order: offline }\n  - { name: production, order: migrations-first }\n`;
    expect(reviewed(drop, swapped).findings).toMatchObject([{ severity: 'blocking', rollouts: ['production'] }]);
  });

  it('of a finding are all where it is equally severe in all', () => {
    const same = `deploy:\n  - { name: one, order: migrations-first }\n  - { name: other, order: rolling }\n`;
    expect(reviewed(drop, same).findings).toMatchObject([{ severity: 'blocking', rollouts: ['one', 'other'] }]);
  });

  it('in which a hazard cannot happen are not lifted by the settings', () => {
    const lifted = `${two}${severity('name-removed-in-use', 'warning')}`;
    expect(reviewed(drop, lifted).findings).toMatchObject([{ severity: 'warning', rollouts: ['production'] }]);
  });
});
