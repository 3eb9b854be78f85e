import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { report } from '../../src/report/index.ts';
import type { CheckOutput } from '../../src/report/presentation.ts';
import { hostile, hostileWords, presentation } from './reviews.ts';
import { structureOf } from './structure.ts';

const ours = /^<\/?(details|summary|b|sub|code)>$/;

/** Everything that a pull request writes stays words: whatever it is, and wherever it stands. */
function checkMarkdown(markdown: string): void {
  const { prose, lines, openFence, tags } = structureOf(markdown);
  expect(openFence).toBe(false);
  expect(tags.filter((tag) => !ours.test(tag))).toEqual([]);
  expect(count(tags, '<details>')).toBe(count(tags, '</details>'));
  expect(count(tags, '<code>')).toBe(count(tags, '</code>'));
  for (const line of prose) {
    const text = line.replaceAll(/\]\(https:\/\/github\.com\/acme\/forum\/[^\s()<>]*\)/g, ']');
    expect(text).not.toMatch(/@|(?<!\\)\]\(|(?<![&\\])#\d|GH-\d|:\/\/|www\.|(?<!\\)`/i);
  }
  for (const row of lines.filter((each) => each.startsWith('|'))) expect([4, 5]).toContain(count([...row], '|'));
}

function checkAll(word: string): void {
  const markdown = report(hostile(word), presentation, 'markdown');
  const [marker, ...comment] = (markdown.comment ?? '').split('\n');
  expect(marker).toMatch(/^<!-- bellows:review [\w-]+ -->$/);
  expect(markdown.comment?.match(/bellows:review [\w-]{20,}/g)).toHaveLength(1);
  for (const text of [comment.join('\n'), markdown.text ?? '', markdown.check.summary, markdown.check.text]) {
    checkMarkdown(text);
  }
  checkPlain(markdown.check);
  checkTerminal(report(hostile(word), presentation, 'text').text ?? '');
}

function checkPlain({ title, annotations }: CheckOutput): void {
  for (const text of [title, ...annotations.flatMap((each) => [each.title, each.message])]) {
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  }
}

function checkTerminal(text: string): void {
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
}

function count(items: readonly string[], item: string): number {
  return items.filter((each) => each === item).length;
}

describe('words of a pull request', () => {
  test.each(hostileWords.map((word) => [word.slice(0, 60), word]))('%j', (_, word) => checkAll(word));

  test('any words', () => {
    const marks = fc.constantFrom(
      ...'`|\\<>@#*_[]()!&$~-\n\r\t "\'{}%:;1aé😀\u0000\u001b\u202e',
      '-->',
      '```',
      '</details>',
    );
    const word = fc.array(marks, { maxLength: 24, minLength: 1 }).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.oneof(word, fc.string({ unit: 'binary' })), checkAll), { numRuns: 60 });
  });

  test('stand in machine formats as they are', () => {
    for (const word of hostileWords) {
      const parsed = JSON.parse(report(hostile(word), presentation, 'json').text ?? '');
      expect(parsed.findings[0].why).toBe(word);
      expect(() => JSON.parse(report(hostile(word), presentation, 'sarif').text ?? '')).not.toThrow();
    }
  });
});

test('names as long as a file fill no terminal', () => {
  const { text } = report(hostile('name'.repeat(250_000)), presentation, 'text');
  expect((text ?? '').length).toBeLessThan(80_000);
});

test('the check itself can fail', () => {
  expect(() => checkMarkdown('hello @org')).toThrow();
  expect(() => checkMarkdown('a <img src=x>')).toThrow();
  expect(() => checkMarkdown('```\nopen')).toThrow();
  expect(() => checkMarkdown('| a | b | c | d | e |')).toThrow();
  expect(() => checkMarkdown('<details><summary>x</summary>')).toThrow();
});
