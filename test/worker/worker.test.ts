import { Worker } from 'node:worker_threads';

import { describe, expect, it } from 'vitest';

import type { Presentation } from '../../src/report/presentation.ts';
import { furtherNamesOf, interestOf, ReviewError, reviewOf } from '../../src/worker/index.ts';
import { threadPool } from '../../src/worker/pool.ts';
import type { Message } from '../../src/worker/task.ts';
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
  before: {
    'config/application.rb': '',
    'config/database.yml': 'production:\n  adapter: postgresql\n',
    'app/models/plant.rb': 'class Plant < ApplicationRecord\nend\n',
  },
  after: { 'db/migrate/20260101000000_add_colour.rb': migration, 'app/models/plant.rb': model },
  settings: 'deploy:\n  order: code-first\n',
};

/** Minutes of parsing: nothing but the file's own limit or the task's ends it earlier. */
const slow = `class Slow < ApplicationRecord\n  ${'a && '.repeat(200_000)}a\nend\n`;
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

  it('says which file it reads, and when it reads none', async () => {
    const thread = new Worker(new URL('../../dist/worker/thread.js', import.meta.url));
    const said: unknown[] = [];
    const answered = new Promise<void>((resolve) => {
      thread.on('message', (message: Message) => {
        said.push(message.kind === 'file' ? message.path : message.kind);
        if (message.kind !== 'file') resolve();
      });
    });
    thread.postMessage({ kind: 'interest', first: readingOf(request) });
    await answered;
    await thread.terminate();
    expect(said).toEqual(['db/migrate/20260101000000_add_colour.rb', null, 'interest']);
  });

  it('gives up a file that takes too long, says so, and reviews the rest', async () => {
    const { review } = await reviewOf(readingOf(slowRequest), presentation, null, { file: 4_000, task: 60_000 });
    expect(review.unread.map(({ path }) => path)).toEqual(['app/models/slow.rb']);
    expect(review.findings.map(({ needs }) => needs.column)).toEqual(['colour']);
  });

  it('is ended at its time limit', async () => {
    const ended = reviewOf(readingOf(slowRequest), presentation, null, { file: 60_000, task: 100 });
    await expect(ended).rejects.toThrow(ReviewError);
  });

  it('is ended though one file after the other takes too long: the limit is for all of it', async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`app/models/slow_${at}.rb`, slow]));
    const reading = readingOf({ ...request, after: { ...request.after, ...files } });
    const start = performance.now();
    await expect(reviewOf(reading, presentation, null, { file: 100, task: 1_500 })).rejects.toThrow(
      /longer than 1.5 s/,
    );
    expect(performance.now() - start).toBeLessThan(6_000);
  });

  it('goes on after input that breaks a parser', async () => {
    const broken = readingOf({
      ...request,
      after: { ...request.after, 'db/migrate/20260101000001_deep.rb': '('.repeat(30_000) },
    });
    const { unread } = (await reviewOf(broken, presentation, null)).review;
    expect(unread.map(({ reason }) => reason)).toContainEqual(expect.stringMatching(/nesting too deep/));
    expect((await reviewOf(readingOf(request), presentation, null)).review.verdict).toBe('unsafe');
  });
});

describe('a thread', () => {
  const task = { kind: 'interest', first: readingOf(request) } as const;
  const answered = { kind: 'interest', interest: { relevant: true, names: [] } } as const;
  const attempt = () => ({ file: 60_000, task: 2_000, since: performance.now() });

  /** Threads whose only code is this, with `port` for their side. */
  const poolOf = (code: string) => {
    let started = 0;
    const start = () => {
      started += 1;
      const text = `const port = require('node:worker_threads').parentPort; ${code}`;
      return new Worker(text, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 64 } });
    };
    return { ...threadPool(start), started: () => started };
  };

  it.each([
    ['ends the process', 'process.exit(0)', /ended before it answered/],
    ['throws', 'throw new Error("S3CR3T")', /review thread failed/],
    [
      'eats up its memory',
      'const all = []; for (;;) all.push(new Array(1e5).fill({}))',
      /more memory than it is allowed/,
    ],
    ['goes on for ever', 'for (;;);', /longer than 2 s/],
    ['says nothing', '', /longer than 2 s/],
  ])('that %s fails its review in one sentence', async (_, code, message) => {
    const error: unknown = await poolOf(`port.on('message', () => { ${code} })`)
      .run(task, attempt())
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ReviewError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('S3CR3T');
  });

  it('is blamed on the file that it reads, and on none once that is read', async () => {
    const told = (...paths: readonly (string | null)[]) =>
      paths.map((path) => `port.postMessage({ kind: 'file', path: ${JSON.stringify(path)} });`).join(' ');
    const outcomeOf = (messages: string) =>
      poolOf(`port.on('message', () => { ${messages} for (;;); })`).run(task, { ...attempt(), file: 20 });
    expect(await outcomeOf(told('a.rb', null, 'b.rb'))).toEqual({ kind: 'slow-file', path: 'b.rb' });
    await expect(outcomeOf(told('a.rb', null))).rejects.toThrow(/longer than 2 s/);
  });

  it('that answered takes the next question', async () => {
    const pool = poolOf(`port.on('message', () => port.postMessage(${JSON.stringify(answered)}))`);
    for (let more = 0; more < 3; more++) expect(await pool.run(task, attempt())).toEqual(answered);
    expect(pool.started()).toBe(1);
  });

  it('that died while it had nothing to do is replaced', async () => {
    const leave = 'setTimeout(() => process.exit(0), 20)';
    const pool = poolOf(`port.on('message', () => { port.postMessage(${JSON.stringify(answered)}); ${leave} })`);
    for (let more = 0; more < 2; more++) {
      expect(await pool.run(task, attempt())).toEqual(answered);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(pool.started()).toBe(2);
  });
});
