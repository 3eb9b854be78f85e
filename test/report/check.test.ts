import { expect, test } from 'vitest';
import { failureCheck, report, settingsCheck } from '../../src/report/index.ts';
import type { CheckOutput, Presentation } from '../../src/report/presentation.ts';
import type { Review } from '../../src/review.ts';
import type { Operation } from '../../src/schema/operation.ts';
import { parseSettings, SettingsError, settingsPath } from '../../src/settings.ts';
import * as reviews from './reviews.ts';

function checkOf(review: Review, change: Partial<Presentation> = {}): CheckOutput {
  return report(review, { ...reviews.presentation, ...change }, null).check;
}

test.each([
  ['unsafe', reviews.incident, 'failure', 'Unsafe as one release: comments fail until the migration ends'],
  [
    'caution',
    reviews.caution,
    'neutral',
    'Caution: comments fail until the migration ends, if the servers restart first',
  ],
  ['safe', reviews.safeBoth, 'success', 'Safe: old and new code run on both schemas'],
  ['safe in part', reviews.safeInPart, 'success', 'Safe as far as could be read: two changed files could not be read'],
  ['offline', reviews.offline, 'success', 'Safe: no code runs while the migration does'],
  ['irrelevant', reviews.irrelevant, 'success', 'No schema change'],
] as const)('%s', (_, review, conclusion, title) => {
  expect(checkOf(review)).toMatchObject({ conclusion, title });
  expect(checkOf(review, { repositoryUrl: null })).toMatchObject({ conclusion, title });
});

test('unreadable asks for something to be done', () => {
  const { conclusion, title } = checkOf(reviews.unreadable);
  expect(conclusion).toBe('action_required');
  expect(title).toMatch(/^Cannot tell: one statement at ….*:9 hides what it does to the schema$/);
});

test('a migration of which no line could be read asks for another thing than a statement does', () => {
  const { at } = reviews.addModeratedAt;
  const reason = 'Ruby syntax error: unexpected end-of-input';
  const opaque = { ...reviews.addModeratedAt, kind: 'opaque', table: null, reason, hidesSchemaChange: true } as const;
  const read = (...operations: readonly Operation[]) => {
    const migrations = [{ app: 'src/api', migration: { ...reviews.migration, operations } }];
    return checkOf({ ...reviews.unreadable, migrations });
  };
  const { title, summary, annotations } = read({ ...opaque, whole: true });
  expect(title).toBe(`Cannot tell: …_add_moderation_to_comments.rb:${at.line} could not be read`);
  expect(summary).toContain('**Now:** Make that migration readable: Ruby syntax error: unexpected end-of-input.');
  expect(annotations[0]?.title).toBe('This migration could not be read');
  expect(read({ ...opaque, whole: true }, { ...opaque, whole: true }).title).toContain('two migrations hide');
  expect(read({ ...opaque, whole: true }, opaque).title).toContain('two places hide');
});

test('advice never holds a merge, and says the same', () => {
  for (const review of [reviews.incident, reviews.unreadable]) {
    const [held, advised] = [checkOf(review), checkOf(review, { mode: 'advise' })];
    expect(advised.conclusion).toBe('neutral');
    expect(advised.title).toBe(`Would be held${held.title.slice(held.title.indexOf(':'))}`);
    expect({ ...advised, title: '', conclusion: '' }).toEqual({ ...held, title: '', conclusion: '' });
  }
});

test('one annotation where it fails and one where it comes from', () => {
  const places = checkOf(reviews.incident).annotations.map(({ path, line, level }) => `${level} ${path}:${line}`);
  expect(places).toEqual([
    'failure src/api/app/models/comment.rb:57',
    'failure src/api/db/migrate/20230918161340_add_moderation_to_comments.rb:3',
    'failure src/api/db/migrate/20230918161340_add_moderation_to_comments.rb:6',
  ]);
  expect(checkOf(reviews.offline).annotations).toEqual([]);
  expect(checkOf({ ...reviews.caution, verdict: 'caution' }).annotations[0]?.level).toBe('warning');
});

test('lines of the old code are not annotated: they are in no file of the pull request', () => {
  const old = { ...reviews.tooEarly, evidence: [reviews.evidence(5, { side: 'target' })] };
  const places = checkOf({ ...reviews.incident, findings: [old] }).annotations.map((each) => each.line);
  expect(places).toEqual([reviews.tooEarly.at.line]);
});

test('a failure of Bellows is never green and says whose fault it is', () => {
  const failed = failureCheck({ sentence: 'GitHub answered 502.', requestId: 'AB12:34', onError: 'fail' });
  expect(failed.conclusion).toBe('failure');
  expect(failed.title).toBe(
    'Bellows failed, not your change: GitHub answered 502 (request AB12:34). Re-run the check.',
  );
  expect(failureCheck({ sentence: 'x', requestId: null, onError: 'pass' }).conclusion).toBe('neutral');
  const long = failureCheck({
    sentence: `@org <img> ${'x'.repeat(90_000)}`,
    requestId: 'y'.repeat(900),
    onError: 'fail',
  });
  expect(long.title.length).toBeLessThanOrEqual(255);
  expect(long.summary.length).toBeLessThanOrEqual(65_535);
  expect(long.summary).not.toMatch(/@|<img/);
});

test('broken settings are shown with their line', () => {
  try {
    parseSettings('mode: block\ndeploy:\n  order: sometimes\n', settingsPath);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const { conclusion, title, summary } = settingsCheck(error);
    expect(conclusion).toBe('failure');
    expect(title).toContain('.github/bellows.yml:3');
    expect(title.match(/bellows\.yml/g)).toHaveLength(1);
    expect(summary).toContain('`.github/bellows.yml:3`');
  }
});
