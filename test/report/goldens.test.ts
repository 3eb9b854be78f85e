import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { failureCheck, report, settingsCheck } from '../../src/report/index.ts';
import type { CheckOutput, Presentation, TextFormat } from '../../src/report/presentation.ts';
import type { Review } from '../../src/review.ts';
import { expectGolden } from '../golden.ts';
import * as reviews from './reviews.ts';

/** What reports say, as files that people read in a diff. `BELLOWS_UPDATE=1` writes them; without it a change fails. */

const folder = new URL('goldens/', import.meta.url);

/** Half a surrogate pair cannot stand in a file. */
const hostileWords = reviews.hostileWords.map((word) => word.slice(0, 70).replaceAll(/\p{Cs}/gu, '')).join(' ');

const said: Readonly<Record<string, readonly [Review, Partial<Presentation>?]>> = {
  incident: [reviews.incident],
  advised: [reviews.incident, { mode: 'advise' }],
  unlinked: [{ ...reviews.incident, head: null }, { repositoryUrl: null }],
  offline: [reviews.offline],
  assumed: [reviews.assumed],
  caution: [reviews.caution],
  'safe-both': [reviews.safeBoth],
  'safe-in-part': [reviews.safeInPart],
  irrelevant: [reviews.irrelevant],
  unreadable: [reviews.unreadable],
  rollouts: [reviews.rollouts],
  hostile: [reviews.hostile(hostileWords)],
  many: [reviews.many(60)],
  settled: [
    reviews.safeBoth,
    { previous: { handles: { B1: 'gone', L1: 'gone too' }, verdict: 'unsafe', head: 'dddd4444'.repeat(5) } },
  ],
};

/** Formats for which one golden shows all there is: they have no words that depend on the case. */
const everyFormat = new Set(['incident', 'offline', 'unreadable', 'rollouts', 'assumed', 'irrelevant', 'safe-in-part']);
const endings: Record<TextFormat, string> = { text: 'txt', markdown: 'whole.md', json: 'json', sarif: 'sarif.json' };
const formats = ['text', 'markdown', 'json', 'sarif'] as const;

describe.each(Object.entries(said))('%s', (name, [review, change = {}]) => {
  const presentation = { ...reviews.presentation, ...change };
  const { comment, check } = report(review, presentation, null);

  test('the comment', () => compare(`${name}.md`, comment ?? 'No comment.\n'));
  test('the check', () => compare(`${name}.check.md`, checkPage(check)));
  for (const format of everyFormat.has(name) ? formats : []) {
    test(`as ${format}`, () => compare(`${name}.${endings[format]}`, report(review, presentation, format).text ?? ''));
  }
});

test('the comment of which nothing fits but numbers', () => {
  compare('counts.md', report(reviews.crowded, reviews.presentation, null).comment ?? 'No comment.\n');
});

test('the check of a failure of Bellows', () => {
  const failure = { sentence: 'GitHub answered 502', requestId: 'AB12:34', onError: 'fail' } as const;
  compare('failure.check.md', checkPage(failureCheck(failure)));
});

test('the check of broken settings', () => {
  const error = {
    path: '.github/bellows.yml',
    line: 3,
    message: '.github/bellows.yml:3: `deploy.order`: Invalid option',
  };
  compare('settings.check.md', checkPage(settingsCheck(error)));
});

test('every golden belongs to a case', () => {
  const names = new Set([...Object.keys(said), 'counts', 'failure', 'settings']);
  expect(readdirSync(folder).filter((file) => !names.has(file.split('.')[0] ?? ''))).toEqual([]);
});

/** A check run as one page, for reading. */
function checkPage({ conclusion, title, summary, text, annotations }: CheckOutput): string {
  const lines = annotations.map(
    (each) => `${each.level} ${JSON.stringify(each.path)}:${each.line} ${each.title}\n  ${each.message}`,
  );
  const notes = ['```text', `${conclusion} | ${title}`, ...lines, '```'].join('\n');
  return `${notes}\n\n${summary}\n---\n\n${text}`;
}

function compare(file: string, text: string): void {
  expectGolden(text, new URL(file, folder));
}
