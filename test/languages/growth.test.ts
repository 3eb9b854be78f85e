import { describe, expect, it } from 'vitest';

import { lex } from '../../src/languages/lexer.ts';
import { parseRuby, walk } from '../../src/languages/ruby.ts';
import { ruby } from '../../src/languages/tables/ruby.ts';
import { parseRubyIn } from '../../src/languages/templates.ts';

/** Milliseconds that reading a text takes with the place of every node, at best of four: other work on the machine only ever adds to it. */
function timeOf(path: string, text: string): number {
  const times = ['', ' ', '  ', '   '].map((space) => {
    const start = performance.now();
    const result = parseRubyIn(path, `${text}${space}`);
    if (result.ok)
      for (const node of walk(result.file.program)) result.file.span(node).start + result.file.at(node).line;
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** Eight times as much: growth by the square would take 64 times as long. */
function growthOf(path: string, made: (length: number) => string): number {
  timeOf(path, made(20_000));
  return timeOf(path, made(200_000)) / Math.max(timeOf(path, made(25_000)), 20);
}

/** Between the two, since a machine has other things to do and memory is tidied up now and then. */
const most = 30;

describe('reading grows with the length of the text', () => {
  it.each<[string, string, (length: number) => string]>([
    ['one line beyond ASCII', 'a.rb', (length) => 'é.é("é");'.repeat(length / 9)],
    ['many lines beyond ASCII', 'a.rb', (length) => 'é.é("é")\n'.repeat(length / 9)],
    ['digits', 'a.rb', (length) => `a = ${'1'.repeat(length)}\n`],
    ['hexadecimal digits', 'a.rb', (length) => `a = 0x${'f'.repeat(length)}\n`],
    ['a chain', 'a.rb', (length) => `a${'.b'.repeat(1000)}\n`.repeat(length / 2000)],
    ['classes', 'a.rb', (length) => 'class A;end\n'.repeat(length / 12)],
    ['heredocs', 'a.rb', (length) => 'a = <<~SQL\n  é\nSQL\n'.repeat(length / 20)],
    ['one list', 'a.rb', (length) => `[${'"é",'.repeat(length / 4)}]\n`],
    ['a template on one line', 'a.html.erb', (length) => '<%= é %>'.repeat(length / 8)],
    ['a template that is no Ruby as a whole', 'a.html.erb', (length) => `<% end %>${'<%= é %>\n'.repeat(length / 9)}`],
    ['HAML', 'a.html.haml', (length) => '%p= é\n'.repeat(length / 6)],
    ['HAML that is no Ruby as a whole', 'a.html.haml', (length) => `- end\n${'%p= é\n'.repeat(length / 6)}`],
    ['HAML on one line', 'a.html.haml', (length) => `%p ${'#{é}'.repeat(length / 4)}\n`],
    ['HAML nested', 'a.html.haml', (length) => `${'- if é\n  %p= é\n'.repeat(length / 15)}`],
  ])('%s', (_, path, made) => expect(growthOf(path, made)).toBeLessThan(most), 60_000);

  it('also where one line has the beginnings of many heredocs', () => {
    const made = (length: number) => `f(${'<<A,'.repeat(length / 8)}1)\n${'A\n'.repeat(length / 8)}`;
    const time = (text: string) => {
      const start = performance.now();
      lex(text, ruby);
      return performance.now() - start;
    };
    time(made(20_000));
    expect(time(made(400_000)) / Math.max(time(made(50_000)), 10)).toBeLessThan(most);
  }, 60_000);
});

describe('a number of more digits than anybody writes', () => {
  it('is refused with its line', () => {
    const reason = 'the Ruby text has a number of more than 10,000 digits';
    expect(parseRuby('a.rb', `a\nb = ${'1'.repeat(20_000)}\n`)).toEqual({ ok: false, line: 2, reason });
    expect(parseRuby('a.rb', `0x${'f'.repeat(20_000)}\n`)).toMatchObject({ ok: false, line: 1 });
    expect(parseRuby('a.rb', `${'1_1'.repeat(5000)}\n`)).toMatchObject({ ok: false, line: 1 });
  });

  it('is read where it is text or a name', () => {
    for (const text of [`"${'1'.repeat(20_000)}"\n`, `'0x${'f'.repeat(20_000)}'\n`, `a${'1'.repeat(20_000)}\n`]) {
      expect(parseRuby('a.rb', text).ok).toBe(true);
    }
  });
});

describe('places beyond ASCII', () => {
  it('count UTF-16 units, wherever in the text', () => {
    const line = `a("é日😀"); b\n`;
    const text = line.repeat(300);
    const result = parseRuby('a.rb', text);
    if (!result.ok) throw new Error(result.reason);
    const { file } = result;
    for (const node of walk(file.program)) {
      const { start, end } = file.span(node);
      expect(text.slice(start, end)).toBe(file.source(node));
      const { line, column } = file.at(node);
      expect(
        text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length +
          (line > 1 ? 1 : 0) +
          column -
          1,
      ).toBe(start);
    }
  });
});
