import { expect, test } from 'vitest';
import { clip, clipMiddle } from '../../src/report/escape.ts';
import { code, fence, html, prose, quote } from '../../src/report/markdown.ts';
import { cutQuote } from '../../src/report/quote.ts';
import { helperNames, templateNames, templateText } from '../../src/report/templates.ts';

test('inline code', () => {
  expect(code('comments.moderated_at')).toBe('`comments.moderated_at`');
  expect(code('a`b')).toBe('<code>a&#96;b</code>');
  expect(code('a|b')).toBe('<code>a&#124;b</code>');
  expect(code('@org/all')).toBe('`@org/all`');
  expect(code('a\nb\u001b[31m')).toBe('`a b [31m`');
  expect(code('  ')).toBe('(empty)');
});

test('quoted lines', () => {
  expect(quote('rows.each { |row| row => x }')).toBe('`rows.each { |row| row => x }`');
  expect(quote('  a `b` ``c`` ')).toBe('``` a `b` ``c`` ```');
  expect(quote('\\')).toBe('`\\`');
});

test('sentences keep their names and lose their markup', () => {
  expect(prose('needs `comments.body` *now*')).toBe('needs `comments.body` \\*now\\*');
  expect(prose('1. a list')).toBe('1&#8203;. a list');
  expect(prose('# heading')).toBe('\\# heading');
  expect(prose('an odd ` backtick')).toBe('an odd \\` backtick');
  expect(prose('see #12 of @org')).toBe('see #&#8203;12 of &#64;&#8203;org');
  expect(prose('`a``b`')).toBe('`a`<code>b</code>');
  expect(html('a <b> of `c|d`')).toBe('a &#60;b&#62; of <code>c&#124;d</code>');
});

test('a fence is longer than any inside', () => {
  expect(fence('ruby', 'a\n````\nb\n')).toBe('`````ruby\na\n````\nb\n`````');
  expect(fence('ruby onclick=x', 'a')).toBe('```\na\n```');
});

test('a cut never leaves half a character', () => {
  expect(clip('ab😀cd', 4)).toBe('ab…');
  expect(clipMiddle('😀😀😀😀😀', 6)).toBe('…😀😀');
  expect(clip('short', 5)).toBe('short');
});

test('quotes are cut around the name', () => {
  const line = `${'x'.repeat(20_000)} comment.body ${'y'.repeat(20_000)}`;
  const quote = cutQuote(line, 'body', 20_010);
  expect(quote).toMatch(/^…x+ comment\.body y+…$/);
  expect(quote.length).toBeLessThanOrEqual(120);
  expect(cutQuote('    body  ', 'body', 5)).toBe('body');
  expect(cutQuote(`body ${'z'.repeat(300)}`, 'body', 1)).toMatch(/^body z+…$/);
  expect(cutQuote(`${'z'.repeat(300)} body`, 'missing', 302)).toMatch(/^…z+ body$/);
  const twice = `body ${'z'.repeat(300)} body.second`;
  expect(cutQuote(twice, 'body', 307)).toContain('body.second');
});

test('templates write nothing but through a helper or from a closed set of words', () => {
  const safe = new Set(
    'handle handles number kind verdict certainty side how elsewhere more hiddenRows moreHidden moreUnread moreFiles lines noteCount counts files version id from to works broken was order line place.line operation.place.line ../number relied.moreUnread'.split(
      ' ',
    ),
  );
  for (const name of templateNames) {
    for (const [, expression = ''] of templateText(name).matchAll(/\{\{(?![#/>!])~?([^{}]+?)~?\}\}/g)) {
      const words = expression.trim().split(/\s+/);
      if (words[0] === 'else') continue;
      expect(words.length === 1 && helperNames.includes(words[0] ?? ''), `{{${expression}}} in ${name}.hbs`).toBe(
        false,
      );
      expect(words.length > 1 || safe.has(words[0] ?? ''), `{{${expression}}} in ${name}.hbs`).toBe(true);
    }
  }
});
