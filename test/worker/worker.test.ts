import { describe, expect, it } from 'vitest';

import type { Presentation } from '../../src/report/presentation.ts';
import { furtherNamesOf, interestOf, ReviewError, reviewOf } from '../../src/worker/index.ts';
import { readingOf } from '../reading.ts';

const presentation: Presentation = { repositoryUrl: null, mode: 'block', comments: 'all', previous: null };

const migration = `class AddColour < ActiveRecord::Migration[7.0]
  def change
    add_column :plants, :colour, :string
  end
end
`;
const model = 'class Plant < ApplicationRecord\n  def tint\n    colour\n  end\nend\n';
const request = {
  before: { 'config/application.rb': '', 'app/models/plant.rb': 'class Plant < ApplicationRecord\nend\n' },
  after: { 'db/migrate/20260101000000_add_colour.rb': migration, 'app/models/plant.rb': model },
  settings: 'deploy:\n  order: code-first\n',
};

/** About a second of parsing: nothing but the file's own limit or the task's ends it earlier. */
const slow = `class Slow < ApplicationRecord\n${'  a[b]\n'.repeat(140_000)}end\n`;
const slowRequest = { ...request, after: { ...request.after, 'app/models/slow.rb': slow } };

describe('the review thread', () => {
  it('answers every question', async () => {
    const reading = readingOf(request);
    const marks = ['< ActiveRecord::Base', '< ApplicationRecord', 'self.table_name', 'set_table_name'];
    expect(await interestOf(reading)).toEqual({ relevant: true, names: marks, asksDefinitions: false });
    const text = 'class Herb < ApplicationRecord\n  self.table_name = "plants"\n  alias_attribute :dye, :colour\nend\n';
    expect(await furtherNamesOf(reading, [{ path: 'app/models/herb.rb', text }])).toEqual(['dye']);
    const { review, check } = await reviewOf(reading, presentation, null);
    expect(review.verdict).toBe('unsafe');
    expect(check.conclusion).toBe('failure');
  });

  it('gives up a file that takes too long, says so, and reviews the rest', async () => {
    const { review } = await reviewOf(readingOf(slowRequest), presentation, null, { file: 400, task: 60_000 });
    expect(review.unread.map(({ path }) => path)).toContain('app/models/slow.rb');
    expect(review.findings.map(({ needs }) => needs.column)).toEqual(['colour']);
  });

  it('is ended at its time limit', async () => {
    const ended = reviewOf(readingOf(slowRequest), presentation, null, { file: 60_000, task: 100 });
    await expect(ended).rejects.toThrow(ReviewError);
  });

  it('goes on after input that breaks a parser', async () => {
    const broken = readingOf({
      ...request,
      after: { ...request.after, 'db/migrate/20260101000001_deep.rb': '('.repeat(30_000) },
    });
    expect((await reviewOf(broken, presentation, null)).review.unread[0]?.reason).toMatch(/nesting too deep/);
    expect((await reviewOf(readingOf(request), presentation, null)).review.verdict).toBe('unsafe');
  });
});
