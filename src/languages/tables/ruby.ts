import type { Language, Rule, State } from '../lexer-table.ts';

/** Bracket pairs of `%w[…]` and its like. */
const brackets = [
  ['paren', '\\(', '\\)'],
  ['square', '\\[', '\\]'],
  ['curly', '\\{', '\\}'],
  ['angle', '<', '>'],
  ['bar', '\\|', '\\|'],
  ['bang', '!', '!'],
] as const;

const escaped: Rule = { match: '\\\\[\\s\\S]' };
const interpolation: Rule = { match: '#\\{', push: 'interpolation' };

/** Without a letter a `%` may be the operator, so it counts only where an operand is due. */
const percentRules: readonly Rule[] = brackets.flatMap(([name, open]): Rule[] => [
  { match: `%[QWIrx]${open}`, kind: 'string', push: `${name}-computed` },
  { match: `%[qwis]${open}`, kind: 'string', push: `${name}-literal` },
  { match: `(?<=[(,=:\\[&|?{};]\\s{0,3})%${open}`, kind: 'string', push: `${name}-computed` },
]);

const percentStates: Readonly<Record<string, State>> = Object.fromEntries(
  brackets.flatMap(([name, open, close]): [string, State][] => {
    const end: Rule = { match: close, pop: true };
    const nest = (state: string): readonly Rule[] => (open === close ? [] : [{ match: open, push: state }]);
    return [
      [`${name}-computed`, { kind: 'string', rules: [escaped, interpolation, end, ...nest(`${name}-computed`)] }],
      [`${name}-literal`, { kind: 'string', rules: [escaped, end, ...nest(`${name}-literal`)] }],
    ];
  }),
);

/** The rules of Ruby code, in whatever it stands. A `/` begins a pattern only where an operand is due. */
export const rubyRules: readonly Rule[] = [
  { match: '#[^\\n]*', kind: 'comment' },
  { match: '^=begin\\b[^\\n]*', kind: 'comment', push: 'block-comment' },
  { match: '^__END__\\r?$', kind: 'comment', push: 'rest' },
  { match: ':?"', kind: 'string', push: 'double' },
  { match: ":?'", kind: 'string', push: 'single' },
  { match: '`', kind: 'string', push: 'backtick' },
  { match: '<<[~-]?(["\'`]?)([A-Z_]\\w*)\\1', heredoc: true },
  {
    match: '(?<=[(,=:\\[!&|?{};~]\\s{0,3}|^\\s{0,40}|\\b(?:if|unless|when|and|or|not|return)\\s)\\/(?![=\\s])',
    kind: 'string',
    push: 'pattern',
  },
  ...percentRules,
  { match: '\\?\\\\?[^\\s\\w](?!\\w)|\\?\\w\\b(?![?:])' },
  { match: '::|[A-Za-z_]\\w*[?!]?|\\d[\\w.]*' },
];

/** The states that Ruby code leads to, for a language that has Ruby inside. */
export const rubyStates: Readonly<Record<string, State>> = {
  double: { kind: 'string', plain: '[^"\\\\#]+', rules: [escaped, interpolation, { match: '"', pop: true }] },
  single: { kind: 'string', plain: "[^'\\\\]+", rules: [escaped, { match: "'", pop: true }] },
  backtick: { kind: 'string', rules: [escaped, interpolation, { match: '`', pop: true }] },
  pattern: {
    kind: 'string',
    rules: [escaped, interpolation, { match: '\\/[a-z]*', pop: true }, { match: '(?=\\n)', pop: true }],
  },
  interpolation: {
    kind: 'code',
    rules: [{ match: '\\{', push: 'braces' }, { match: '\\}', kind: 'string', pop: true }, ...rubyRules],
  },
  braces: { kind: 'code', rules: [{ match: '\\{', push: 'braces' }, { match: '\\}', pop: true }, ...rubyRules] },
  'block-comment': { kind: 'comment', plain: '[^\\n]+', rules: [{ match: '\\n=end\\b[^\\n]*', pop: true }] },
  rest: { kind: 'comment', plain: '[\\s\\S]+', rules: [] },
  ...percentStates,
};

/** Ruby. Prism reads Ruby files; this table serves the Ruby inside templates and texts that do not parse. */
export const ruby: Language = {
  name: 'ruby',
  start: 'code',
  states: { code: { kind: 'code', rules: rubyRules }, ...rubyStates },
};
