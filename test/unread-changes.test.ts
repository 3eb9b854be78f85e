import { describe, expect, it } from 'vitest';

import type { Reading } from '../src/reading.ts';
import { report } from '../src/report/index.ts';
import { review } from '../src/review.ts';
import { type Files, readingOf, silent } from './reading.ts';

const before = {
  Gemfile: "gem 'rails'\ngem 'pg'\n",
  'config/application.rb': '',
  'app/models/plant.rb': 'class Plant < ApplicationRecord\nend\n',
  'lib/old.rb': 'class Old\nend\n',
};
const migration = {
  'db/migrate/20260101000000_add_colour.rb':
    'class AddColour < ActiveRecord::Migration[7.0]\n  def change\n    add_column :plants, :colour, :string\n  end\nend\n',
};

/** The reading where the texts of these files did not come. */
function without(reading: Reading, ...paths: readonly string[]): Reading {
  const changed = reading.changed.map((file) =>
    paths.includes(file.path) ? { ...file, base: null, head: null } : file,
  );
  const unread = paths.map((path) => ({ path, line: 1, reason: 'it is longer than 1 MB' }));
  return { ...reading, changed, unread };
}

function titleOf(after: Files, missing: readonly string[] = [], settings = 'deploy: { order: code-first }\n') {
  const done = review(without(readingOf({ before, after, settings }), ...missing), silent);
  const presentation = { repositoryUrl: null, mode: 'block', comments: 'all', previous: null } as const;
  const { check } = report(done, presentation, null);
  return { verdict: done.verdict, title: check.title, conclusion: check.conclusion };
}

const inPart = (files: string) => ({
  verdict: 'safe',
  conclusion: 'success',
  title: `Safe as far as could be read: ${files} could not be read`,
});

describe('changed code that could not be read', () => {
  it('is in the title, whether its text did not come or does not parse', () => {
    const code = { 'app/models/plant.rb': 'class Plant < ApplicationRecord\n  # more\nend\n' };
    expect(titleOf({ ...migration, ...code }, ['app/models/plant.rb'])).toEqual(inPart('one changed file'));
    expect(titleOf(code, ['app/models/plant.rb'])).toEqual(inPart('one changed file'));
    const broken = {
      'lib/new.rb': 'class New\n  def x(\n',
      'app/views/plants/index.html.erb': '<% if %>\n<% end end %>',
    };
    expect(titleOf({ ...migration, ...broken })).toEqual(inPart('two changed files'));
  });

  it('is not where it was mended, goes away, is ignored or is no code', () => {
    const safe = { verdict: 'safe', title: 'Safe: old and new code run on both schemas' };
    const notes = { ...migration, 'lib/old.rb': null, Gemfile: "gem 'pg'\n" };
    expect(titleOf(notes, ['lib/old.rb', 'Gemfile'])).toMatchObject(safe);
    const ignored = 'deploy: { order: code-first }\nignore: { paths: [lib/**] }\n';
    expect(titleOf({ ...migration, 'lib/new.rb': 'class New\n  def x(\n' }, [], ignored)).toMatchObject(safe);
    expect(titleOf({ ...migration, 'lib/new.rb': '' }, ['lib/new.rb'], ignored)).toMatchObject(safe);
    const mended = readingOf({
      before: { ...before, 'lib/old.rb': 'class Old < ApplicationRecord\n  def x(\n' },
      after: { ...migration, 'lib/old.rb': 'class Old\nend\n' },
    });
    expect(review(mended, silent).unreadChanges).toEqual([]);
  });

  it('leaves a migration to the verdict', () => {
    const [path = ''] = Object.keys(migration);
    expect(titleOf(migration, [path])).toMatchObject({ verdict: 'unreadable', conclusion: 'action_required' });
  });
});
