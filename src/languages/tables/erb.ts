import type { Language, State } from '../lexer-table.ts';
import { rubyRules, rubyStates } from './ruby.ts';

/**
 * ERB ends an island at the first `%>`, also inside a Ruby string or comment, so every state of the Ruby inside leads
 * out there: the table is Ruby's with that mark before all rules.
 */
const leaving = { match: '(?=-?%>)', pop: true } as const;

const inside: Readonly<Record<string, State>> = Object.fromEntries(
  Object.entries(rubyStates).map(([name, state]) => [name, cut(state)]),
);

function cut({ plain: _plain, ...state }: State): State {
  return { ...state, rules: [leaving, ...state.rules.map(shorter)] };
}

/** A comment of Ruby runs to the end of its line or of the island. */
function shorter<Rule extends { readonly match: string }>(rule: Rule): Rule {
  return rule.match === '#[^\\n]*' ? { ...rule, match: '#(?:[^\\n%-]|%(?!>)|-(?!%>))*' } : rule;
}

const ruby = [leaving, ...rubyRules.map(shorter)];

/** ERB, whatever the text around it is. */
export const erb: Language = {
  name: 'erb',
  start: 'text',
  states: {
    text: {
      kind: 'text',
      plain: '[^<]+',
      rules: [
        { match: '<%%' },
        { match: '<%#', kind: 'comment', push: 'comment' },
        { match: '<%={1,2}', push: 'output' },
        { match: '<%-?', push: 'statement' },
      ],
    },
    comment: { kind: 'comment', plain: '[^%-]+', rules: [{ match: '-?%>', pop: true }] },
    output: { kind: 'code', island: 'output', rules: ruby },
    statement: { kind: 'code', island: 'statement', rules: ruby },
    ...inside,
  },
};
