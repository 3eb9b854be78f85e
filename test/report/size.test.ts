import fc from 'fast-check';
import { expect, test } from 'vitest';
import { report } from '../../src/report/index.ts';
import { crowded, hostile, hostileWords, incident, many, presentation } from './reviews.ts';
import { structureOf } from './structure.ts';

/** Nothing is longer than GitHub takes, nothing is cut in the middle, and what is left out is said. */

function whole(markdown: string): void {
  const { openFence, tags } = structureOf(markdown);
  expect(openFence).toBe(false);
  expect(tags.filter((tag) => tag === '<details>').length).toBe(tags.filter((tag) => tag === '</details>').length);
  expect(markdown).not.toMatch(/\p{Cs}/u);
  expect(markdown).toMatch(/Reviewed \[`bbbb222`\]|Rolling back/);
}

test.each([1, 10, 60, 500, 2000, 5000])('%i findings', (amount) => {
  const { comment, check } = report(many(amount), presentation, null);
  expect(comment?.length).toBeLessThanOrEqual(65_536);
  for (const text of [check.summary, check.text]) expect(text.length).toBeLessThanOrEqual(65_535);
  for (const text of [comment ?? '', check.summary, check.text]) whole(text);
  if (amount > 50) expect(comment).toContain('Left out for length');
  else expect(comment).not.toContain('Left out for length');
  expect(check.annotations.length).toBeGreaterThan(0);
});

test('generated files go first, then the lines, then all but the counts', () => {
  const phase = incident.plan?.phases[0];
  if (!phase) throw new Error('the incident has a plan');
  const generated = Array.from({ length: 10 }, (_, index) => ({
    path: `db/migrate/${index}_a.rb`,
    content: 'x = "😀"\n'.repeat(800),
    replaces: null,
  }));
  const big = { ...incident, plan: { phases: [{ ...phase, generated }], unsplit: [] } };
  const comment = report(big, presentation, null).comment ?? '';
  expect(comment.length).toBeLessThanOrEqual(65_536);
  expect(comment).toContain('Left out for length: quoted code, generated files');
  expect(comment).toContain('comment.rb#L57');
  whole(comment);
  expect(report(big, presentation, 'markdown').text?.length).toBeGreaterThan(65_536);
});

test('a generated file that nobody reads here is named and not shown', () => {
  const phase = incident.plan?.phases[0];
  if (!phase) throw new Error('the incident has a plan');
  const generated = [
    ...phase.generated,
    { path: 'db/schema.rb', content: 't.text\n'.repeat(9000), replaces: 'db/schema.rb' },
  ];
  const comment = report(
    { ...incident, plan: { phases: [{ ...phase, generated }], unsplit: [] } },
    presentation,
    null,
  ).comment;
  expect(comment).toContain('has another `db/schema.rb`; it has 9,000 lines');
  expect(comment).toContain('class AddModerationToComments');
  expect(comment).not.toContain('t.text');
});

test('names of 10 KB', () => {
  const crowd = Array.from({ length: 400 }, (_, index) => {
    const [finding] = hostile(`${hostileWords.join('')}${index}`).findings;
    return { ...(finding ?? incident.findings[0]), id: `${index}` } as (typeof incident.findings)[number];
  });
  const review = { ...hostile(hostileWords.join('')), findings: crowd };
  const { comment, check } = report(review, presentation, null);
  expect(comment?.length).toBeLessThanOrEqual(65_536);
  expect(Math.max(check.summary.length, check.text.length)).toBeLessThanOrEqual(65_535);
  expect(check.title.length).toBeLessThanOrEqual(255);
  for (const text of [comment ?? '', check.summary, check.text]) whole(text);
});

test('any number of findings with any words', () => {
  const review = fc.record({
    amount: fc.integer({ min: 1, max: 300 }),
    word: fc.string({ unit: 'binary', maxLength: 3000 }),
  });
  fc.assert(
    fc.property(review, ({ amount, word }) => {
      const [finding] = hostile(word).findings;
      const findings = Array.from({ length: amount }, (_, index) => ({ ...(finding ?? never()), id: `${index}` }));
      const { comment } = report({ ...hostile(word), findings }, presentation, null);
      expect(comment?.length).toBeLessThanOrEqual(65_536);
      whole(comment ?? '');
    }),
    { numRuns: 10 },
  );
});

function never(): never {
  throw new Error('a hostile review has a finding');
}

test('the terminal stays within 80 columns, names aside', () => {
  const text = report(incident, presentation, 'text').text ?? '';
  const long = text.split('\n').filter((line) => line.length > 80);
  expect(long.filter((line) => line.trim().includes(' '))).toEqual([]);
});

test('one screen before the folds', () => {
  const comment = report(incident, presentation, null).comment ?? '';
  expect(comment.slice(0, comment.indexOf('<details>')).split('\n').length).toBeLessThanOrEqual(40);
});

test('what always fits tells how many there are', () => {
  const { comment } = report({ ...many(2000), rollback: { safe: true, reason: 'x' } }, presentation, null);
  expect(comment).toMatch(/Left out for length|Findings that hold the merge/);
  const counted = report(crowded, presentation, null).comment ?? '';
  expect(counted).toContain('Findings that hold the merge: 80. Warnings: 0. Notes: 0.');
  expect(counted).toContain('Left out for length: every single finding.');
});
