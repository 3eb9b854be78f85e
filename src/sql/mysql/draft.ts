import type { Operation } from '../../schema/operation.ts';
import type { Place, SqlEffect, SqlStatement } from '../statement.ts';
import { type Cursor, offsetOf } from './cursor.ts';
import type { Session } from './session.ts';
import type { Flavour, Token } from './token.ts';

/** One reading of a text: what was read so far, and how much work is left. */
export interface Run {
  readonly text: string;
  readonly place: Place;
  readonly flavour: Flavour;
  readonly session: Session;
  readonly statements: SqlStatement[];
  /** True inside of a branch of which it is not known whether it runs. */
  readonly conditional: boolean;
  /** Tokens of bodies and of prepared texts that may still be read: they may be run many times. */
  readonly budget: { left: number };
  readonly depth: number;
  /** Reads a statement and adds it to `statements`. */
  readonly perform: (run: Run, tokens: readonly Token[]) => void;
}

type Distribute<Each> = Each extends Operation ? Omit<Each, 'at' | 'statement' | 'conditional'> : never;

/** An operation without where, when and whether. */
export type Change = Distribute<Operation>;

/** A statement that is being read. */
export interface Draft {
  readonly run: Run;
  readonly cursor: Cursor;
  readonly start: number;
  readonly operations: Operation[];
  readonly effects: SqlEffect[];
  /** Settings for this statement alone: set before it, and back after it. */
  readonly around: Extract<SqlEffect, { readonly kind: 'set' }>[];
}

/** Ends a statement: adds it to what was read, with the settings around it as statements of their own. */
export function finish({ run, start, operations, effects, around }: Draft): void {
  const { statements, session } = run;
  const at = run.place(start);
  for (const effect of around) statements.push({ at, operations: [], effect });
  const [effect = null, ...more] = effects;
  const statement = statements.length;
  statements.push({ at, operations: operations.map((operation) => ({ ...operation, statement })), effect });
  for (const other of more) statements.push({ at, operations: [], effect: other });
  for (const { name } of around) {
    statements.push({ at, operations: [], effect: { kind: 'set', name, value: session.settings.get(name) ?? null } });
  }
}

export function draftOf(run: Run, cursor: Cursor): Draft {
  return { run, cursor, start: offsetOf(cursor), operations: [], effects: [], around: [] };
}

/** Records a change that stands at an offset of the text. The statement gets its number when all of it is read. */
export function say(
  draft: Draft,
  change: Change,
  where: { readonly at: number; readonly conditional?: boolean },
): void {
  const { run } = draft;
  draft.operations.push({
    ...change,
    at: run.place(where.at),
    statement: 0,
    conditional: run.conditional || (where.conditional ?? false),
  } as Operation);
}

export interface Opaque {
  readonly table?: string | null;
  /** One clause that completes "could not be read: …". */
  readonly reason: string;
  readonly hides: boolean;
  readonly at?: number;
}

export function sayOpaque(draft: Draft, { table = null, reason, hides, at = draft.start }: Opaque): void {
  say(draft, { kind: 'opaque', table, reason, hidesSchemaChange: hides }, { at });
}

const longestQuote = 40;

/** A few words of hostile text for a reason: on one line, without control characters, and short. */
export function quote(text: string): string {
  const begun = text.slice(0, longestQuote * 2);
  const plain = begun.replace(/[\s\p{Cc}`]+/gu, ' ').trim();
  const cut = plain.length > longestQuote || begun.length < text.length;
  return `\`${plain.slice(0, longestQuote)}${cut ? '…' : ''}\``;
}
