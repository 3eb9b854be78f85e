import type { Language, Rule, State } from '../lexer-table.ts';
import { rubyRules, rubyStates } from './ruby.ts';

const blank = '[ \\t]*';
const interpolated: readonly Rule[] = [{ match: '\\\\#' }, { match: '#\\{', push: 'output' }];

/** Script runs to the end of its line, and further where the line ends with a comma or a bar. */
const lineEnd: readonly Rule[] = [
  { match: `,${blank}(?:#[^\\n]*)?\\r?\\n` },
  { match: `(?<=[ \\t])\\|${blank}\\r?\\n` },
  { match: '(?=\\r?\\n)', pop: true },
];

function script(island: 'statement' | 'output'): State {
  return { kind: 'code', island, rules: [...lineEnd, ...rubyRules] };
}

/** HAML. Every line begins in `line`; what is nested below a comment or filter ends where the indentation does. */
export const haml: Language = {
  name: 'haml',
  start: 'line',
  states: {
    line: {
      kind: 'text',
      rules: [
        { match: `${blank}-#`, kind: 'comment', push: 'silent' },
        { match: `${blank}-`, push: 'statement' },
        { match: `${blank}(?:[&!]?=|~)`, push: 'result' },
        { match: `${blank}:ruby${blank}\\r?$`, push: 'ruby-filter' },
        { match: `${blank}:\\w+[^\\n]*`, push: 'filter' },
        { match: `${blank}(?=[%.][\\w:-]|#[\\w:-])`, push: 'element' },
        { match: `${blank}(?=[^\\s])`, push: 'words' },
        { match: '[ \\t]+' },
      ],
    },
    silent: { kind: 'comment', untilDedent: true, plain: '[^\\n]+', rules: [] },
    filter: { kind: 'text', untilDedent: true, plain: '[^\\n#\\\\]+', rules: interpolated },
    'ruby-filter': { kind: 'code', untilDedent: true, island: 'program', rules: rubyRules },
    words: { kind: 'text', plain: '[^\\r\\n#\\\\]+', rules: [...interpolated, { match: '(?=\\r?\\n)', pop: true }] },
    element: {
      kind: 'text',
      rules: [
        { match: '[%.][\\w:-]*|#[\\w:-]+' },
        { match: '\\{', push: 'attributes', inside: true },
        { match: '\\(', push: 'html-attributes' },
        { match: '\\[', push: 'object', inside: true },
        { match: '[<>/]+' },
        { match: '[&!]?=|~', goto: 'result' },
        { match: '(?=\\r?\\n)', pop: true },
        { match: '', goto: 'words' },
      ],
    },
    statement: script('statement'),
    result: script('output'),
    attributes: {
      kind: 'code',
      island: 'attributes',
      rules: [{ match: '\\{', push: 'braces' }, { match: '\\}', pop: true, inside: true }, ...rubyRules],
    },
    object: {
      kind: 'code',
      island: 'list',
      rules: [{ match: '\\[', push: 'square' }, { match: '\\]', pop: true, inside: true }, ...rubyRules],
    },
    square: { kind: 'code', rules: [{ match: '\\[', push: 'square' }, { match: '\\]', pop: true }, ...rubyRules] },
    'html-attributes': {
      kind: 'text',
      rules: [
        { match: '\\)', pop: true },
        { match: `=${blank}"`, push: 'html-double' },
        { match: `=${blank}'`, push: 'html-single' },
        { match: `=${blank}(?=[@$:\\w])`, push: 'html-value' },
      ],
    },
    'html-double': { kind: 'string', rules: [...interpolated, { match: '"', pop: true }] },
    'html-single': { kind: 'string', rules: [...interpolated, { match: "'", pop: true }] },
    'html-value': {
      kind: 'code',
      island: 'output',
      rules: [{ match: '\\(', push: 'html-call' }, { match: '(?=[\\s)])', pop: true }, ...rubyRules],
    },
    'html-call': {
      kind: 'code',
      rules: [{ match: '\\(', push: 'html-call' }, { match: '\\)', pop: true }, ...rubyRules],
    },
    output: {
      kind: 'code',
      island: 'output',
      rules: [{ match: '\\{', push: 'braces' }, { match: '\\}', pop: true }, ...rubyRules],
    },
    ...rubyStates,
  },
};
