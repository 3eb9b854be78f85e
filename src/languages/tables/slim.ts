import type { Language, Rule, State } from '../lexer-table.ts';
import { rubyRules, rubyStates } from './ruby.ts';

const blank = '[ \\t]*';
const interpolated: readonly Rule[] = [{ match: '\\\\#' }, { match: '#\\{', push: 'output' }];

/** Script runs to the end of its line, and further where the line ends with a comma or a backslash. */
const lineEnd: readonly Rule[] = [
  { match: `[,\\\\]${blank}\\r?\\n` },
  { match: `,${blank}#[^\\n]*\\r?\\n` },
  { match: '(?=\\r?\\n)', pop: true },
];

function script(island: 'statement' | 'output'): State {
  return { kind: 'code', island, rules: [...lineEnd, ...rubyRules] };
}

const name = '[\\w@:*-][\\w@:.*-]{0,80}';

/** `href="…"`, `href=url_for(comment)`, `*attributes`. */
const attributes: readonly Rule[] = [
  { match: `${name}={1,2}"`, push: 'double-value' },
  { match: `${name}={1,2}'`, push: 'single-value' },
  { match: `${name}={1,2}(?=[^\\s=])`, push: 'value' },
  { match: '\\*(?=[\\w@{(])', push: 'value' },
  { match: '[ \\t]+' },
];

const wrappers: readonly Rule[] = [
  { match: `${blank}\\(`, push: 'in-parens' },
  { match: `${blank}\\[`, push: 'in-square' },
  { match: `${blank}\\{`, push: 'in-curly' },
];

function wrapped(close: string): State {
  return { kind: 'text', rules: [{ match: close, pop: true }, ...attributes] };
}

/** Slim (https://github.com/slim-template/slim#syntax-example). Every line begins in `line`, as in HAML. */
export const slim: Language = {
  name: 'slim',
  start: 'line',
  states: {
    line: {
      kind: 'text',
      rules: [
        { match: `${blank}\\/`, kind: 'comment', push: 'silent' },
        { match: `${blank}-`, push: 'statement' },
        { match: `${blank}={1,2}[<>]{0,2}`, push: 'result' },
        { match: `${blank}[|']`, push: 'words' },
        { match: `${blank}ruby:${blank}\\r?$`, push: 'ruby-filter' },
        { match: `${blank}\\w+:${blank}\\r?$`, push: 'words' },
        { match: `${blank}(?:<|doctype\\b)`, push: 'markup' },
        { match: `${blank}(?=[.#*\\w])`, push: 'element' },
        { match: '[ \\t]+' },
      ],
    },
    silent: { kind: 'comment', untilDedent: true, plain: '[^\\n]+', rules: [] },
    words: { kind: 'text', untilDedent: true, plain: '[^\\n#\\\\]+', rules: interpolated },
    markup: { kind: 'text', plain: '[^\\r\\n#\\\\]+', rules: [...interpolated, { match: '(?=\\r?\\n)', pop: true }] },
    'ruby-filter': { kind: 'code', untilDedent: true, island: 'program', rules: rubyRules },
    element: {
      kind: 'text',
      rules: [
        { match: '\\w(?:[\\w-]|:(?=\\w))*', goto: 'after-name' },
        { match: '', goto: 'after-name' },
      ],
    },
    'after-name': {
      kind: 'text',
      rules: [
        { match: '[.#][\\w-]+' },
        ...wrappers,
        { match: `${blank}={1,2}[<>]{0,2}`, goto: 'result' },
        { match: `[<>/]{1,2}` },
        { match: `:[ \\t]+`, goto: 'element' },
        ...attributes,
        { match: '(?=\\r?\\n)', pop: true },
        { match: '', goto: 'words' },
      ],
    },
    'in-parens': wrapped('\\)'),
    'in-square': wrapped('\\]'),
    'in-curly': wrapped('\\}'),
    'double-value': { kind: 'string', rules: [...interpolated, { match: '"', pop: true }] },
    'single-value': { kind: 'string', rules: [...interpolated, { match: "'", pop: true }] },
    value: {
      kind: 'code',
      island: 'output',
      rules: [
        { match: '\\(', push: 'parens' },
        { match: '\\[', push: 'square' },
        { match: '\\{', push: 'braces' },
        { match: '(?=[\\s)\\]}])', pop: true },
        ...rubyRules,
      ],
    },
    statement: script('statement'),
    result: script('output'),
    parens: { kind: 'code', rules: [{ match: '\\(', push: 'parens' }, { match: '\\)', pop: true }, ...rubyRules] },
    square: { kind: 'code', rules: [{ match: '\\[', push: 'square' }, { match: '\\]', pop: true }, ...rubyRules] },
    output: {
      kind: 'code',
      island: 'output',
      rules: [{ match: '\\{', push: 'braces' }, { match: '\\}', pop: true }, ...rubyRules],
    },
    ...rubyStates,
  },
};
