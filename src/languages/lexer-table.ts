/** What a piece of a file is. `code` runs, `text` is what a template sends as it stands. */
export type Kind = 'code' | 'string' | 'comment' | 'text';

/** A piece of one kind. Offsets count UTF-16 units; pieces follow each other without a gap. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: Kind;
}

/** Code of another language inside a template, without the marks around it. */
export interface Island {
  readonly start: number;
  readonly end: number;
  /**
   * `statement` yields nothing and may open a block, `output` is written, `program` is several whole statements,
   * `attributes` is a hash with its braces, `list` an array with its brackets.
   */
  readonly role: 'statement' | 'output' | 'program' | 'attributes' | 'list';
}

/** A language as data: states, and in each the marks that lead to another. */
export interface Language {
  readonly name: string;
  readonly start: string;
  readonly states: Readonly<Record<string, State>>;
}

export interface State {
  readonly kind: Kind;
  /** Characters that begin no rule here, as a RegExp source: they are passed over at once. */
  readonly plain?: string;
  /** Tried in order at each place. A match must not look far ahead, so that reading stays linear. */
  readonly rules: readonly Rule[];
  /** The state is an island of this role, from its opening mark to the closing one. */
  readonly island?: Island['role'];
  /** Ends before the first line that is indented no deeper than the one it began on. */
  readonly untilDedent?: boolean;
}

export interface Rule {
  /** A RegExp source. It may match nothing where it leads to another state. */
  readonly match: string;
  /** What the mark itself is; else what the state is that it stands in. */
  readonly kind?: Kind;
  readonly push?: string;
  /** The state in place of this one. */
  readonly goto?: string;
  readonly pop?: boolean;
  /** The mark belongs to the island that it opens or closes. */
  readonly inside?: boolean;
  /** The second group names the line that ends a heredoc, which begins on the next line. */
  readonly heredoc?: boolean;
}

/** A state ready to run. */
export interface Compiled {
  readonly kind: Kind;
  readonly plain: RegExp | null;
  readonly rules: readonly { readonly rule: Rule; readonly match: RegExp }[];
  readonly island: Island['role'] | null;
  readonly untilDedent: boolean;
}

const known = new WeakMap<Language, ReadonlyMap<string, Compiled>>();

/** The states of a language, compiled once. */
export function compiled(language: Language): ReadonlyMap<string, Compiled> {
  const before = known.get(language);
  if (before) return before;
  const states = new Map(
    Object.entries(language.states).map(([name, { kind, plain, rules, island, untilDedent }]) => [
      name,
      {
        kind,
        plain: plain === undefined ? null : new RegExp(plain, 'y'),
        rules: rules.map((rule) => ({ rule, match: new RegExp(rule.match, 'my') })),
        island: island ?? null,
        untilDedent: untilDedent ?? false,
      },
    ]),
  );
  known.set(language, states);
  return states;
}

/** @throws Error where a table leads to a state that it does not have */
export function stateOf(states: ReadonlyMap<string, Compiled>, name: string): Compiled {
  const state = states.get(name);
  if (!state) throw new Error(`The lexer table has no state \`${name}\``);
  return state;
}
