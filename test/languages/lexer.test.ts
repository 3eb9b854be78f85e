import { describe, expect, it } from 'vitest';

import { type Kind, type Language, lex } from '../../src/languages/lexer.ts';
import { erb } from '../../src/languages/tables/erb.ts';
import { haml } from '../../src/languages/tables/haml.ts';
import { ruby } from '../../src/languages/tables/ruby.ts';
import { slim } from '../../src/languages/tables/slim.ts';
import { parseRubyIn } from '../../src/languages/templates.ts';

/** What each occurrence of `word` is, in order. */
function kindsOf(word: string, text: string, language: Language): readonly (Kind | undefined)[] {
  const { spans } = lex(text, language);
  return [...text.matchAll(new RegExp(word, 'g'))].map(
    ({ index }) => spans.find(({ start, end }) => start <= index && index < end)?.kind,
  );
}

function islandsOf(text: string, language: Language): readonly string[] {
  return lex(text, language).islands.map(({ start, end, role }) => `${role}: ${text.slice(start, end).trim()}`);
}

describe('the lexer', () => {
  it.each<[string, string, readonly Kind[]]>([
    ['calls and comments', 'name # name\nname', ['code', 'comment', 'code']],
    [
      'strings with interpolation',
      `"name #{name + "name"} name" + 'name #{name}'`,
      ['string', 'code', 'string', 'string', 'string', 'string'],
    ],
    ['heredocs', 'x(<<~SQL, name)\n  name\nSQL\nname', ['code', 'string', 'code']],
    ['an empty heredoc', 'name(<<~SQL)\nSQL\nname', ['code', 'code']],
    ['heredocs of one line, the first empty', 'x(<<~A, <<~B)\nA\n  name\nB\nname', ['string', 'code']],
    ['percent literals', '%w[name] + %q(name (name)) + name % name', ['string', 'string', 'string', 'code', 'code']],
    ['patterns and division', 'x = /name#{name}/i; name / name', ['string', 'code', 'code', 'code']],
    ['block comments', '=begin\nname\n=end\nname\n__END__\nname', ['comment', 'code', 'comment']],
    ['escapes', `"\\"name" + '\\'name' + name`, ['string', 'string', 'code']],
  ])('reads Ruby: %s', (_title, text, kinds) => {
    expect(kindsOf('name', text, ruby)).toEqual(kinds);
  });

  it('reads ERB: text, comments, code, and strings inside', () => {
    const text = '<p class="name">name<%# name %><%= name "name" %><% if name # name %>name<%% name %>';
    expect(kindsOf('name', text, erb)).toEqual([
      'text',
      'text',
      'comment',
      'code',
      'string',
      'code',
      'comment',
      'text',
      'text',
    ]);
    expect(islandsOf(text, erb)).toEqual(['output: name "name"', 'statement: if name # name']);
  });

  it('ends an ERB island at its mark, also inside a string or comment', () => {
    expect(islandsOf('<% x = "%> name <%= y # %> name', erb)).toEqual(['statement: x = "', 'output: y #']);
  });

  it('reads HAML: comments, filters, elements and what goes on over several lines', () => {
    const text = [
      '-# name',
      '  name',
      '%p.name#name{ title: name,',
      "  at: 'name' }= name(1,",
      '  name)',
      '- name do |x|',
      '  name #{name}',
      '%a(href=name title="#{name} name")[name]/',
      ':css',
      '  name #{name}',
      ':ruby',
      '  name',
      'name',
    ].join('\n');
    expect(kindsOf('name', text, haml)).toEqual(
      ['comment', 'comment', 'text', 'text', 'code', 'string', 'code', 'code', 'code', 'text', 'code'].concat([
        'code',
        'code',
        'string',
        'code',
        'text',
        'code',
        'code',
        'text',
      ]),
    );
    expect(islandsOf(text, haml)).toEqual([
      "attributes: { title: name,\n  at: 'name' }",
      'output: name(1,\n  name)',
      'statement: name do |x|',
      'output: name',
      'output: name',
      'output: name',
      'list: [name]',
      'output: name',
      'program: name',
    ]);
  });

  it('reads Slim: attributes, script, text, filters and comments', () => {
    const text =
      'p.name title="name #{name}" id=name(1, "name") name = name\n' +
      '  | name #{name}\n    name\n/ name\n  name\nruby:\n  name\ncss:\n  name\n- name\n  li: a[name=name] name\n';
    expect(islandsOf(text, slim)).toEqual([
      'output: name',
      'output: name(1, "name")',
      'output: name',
      'program: name',
      'statement: name',
      'output: name',
    ]);
  });

  it('covers a text without gap', () => {
    const text = '%p= "é💥 #{x}"\n- if a\n  b\n';
    const { spans } = lex(text, haml);
    expect(spans[0]?.start).toBe(0);
    expect(spans.at(-1)?.end).toBe(text.length);
    expect(spans.every(({ start }, index) => index === 0 || start === spans[index - 1]?.end)).toBe(true);
  });

  it.each([
    '<%',
    '<%= ',
    '#{',
    '("#{',
    '(',
    '{',
    '"',
    "'",
    '%w[',
    '<<A ',
    '=begin\n',
    '%a{',
    '%a(',
    '- x\n  ',
    ':ruby\n',
    '\n',
    ' ',
    '%a(b="#{',
    '-#\n',
    '/',
    '|\n',
    ',\n',
    'a b="#{',
    'a[b={',
    'a: ',
    '*{',
  ])('takes no time for 30 KB of %j', (piece) => {
    const text = piece.repeat(Math.ceil(30_000 / piece.length));
    for (const language of [ruby, erb, haml, slim]) {
      const started = performance.now();
      expect(lex(text, language).spans.at(-1)?.end).toBe(text.length);
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });
});

describe('Ruby in templates', () => {
  it('has the places of the template', () => {
    const text = 'é <%= a %>\n<p>💥 <% b.each do |c| %>\n  <%= c %>\n<% end %>';
    const parsed = parseRubyIn('x.html.erb', text);
    if (!parsed.ok) throw new Error(parsed.reason);
    const [first, second] = parsed.file.program.statements.body;
    expect(first && parsed.file.at(first)).toEqual({ path: 'x.html.erb', line: 1, column: 7 });
    expect(second && parsed.file.at(second)).toEqual({ path: 'x.html.erb', line: 2, column: 10 });
  });

  it('closes what indentation closes in HAML', () => {
    const text = '- if a\n  = b\n- else\n  - c.each do |d|\n    %p= d\n%p\n  = e\n- case f\n- when 1\n  = g\n';
    expect(parseRubyIn('x.haml', text)).toMatchObject({ ok: true });
  });

  it('reads a layout that yields', () => {
    expect(parseRubyIn('x.html.erb', '<%= yield :head %><% a.each do |b| %><%= yield b %><% end %>')).toMatchObject({
      ok: true,
    });
  });

  it('keeps what parses of a template that does not', () => {
    const parsed = parseRubyIn('x.html.erb', '<% end %>\n<%= comment.body %>');
    if (!parsed.ok) throw new Error(parsed.reason);
    expect(parsed.file.program.statements.body.map(parsed.file.at)).toEqual([
      { path: 'x.html.erb', line: 2, column: 5 },
    ]);
  });

  it('says where a template cannot be read', () => {
    expect(parseRubyIn('x.html.erb', 'a\n<% def ( %>')).toMatchObject({ ok: false, line: 2 });
  });
});
