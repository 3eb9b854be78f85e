import type { Token } from './sql-text.ts';
import { hole } from './value.ts';

/** A view that a statement takes away or makes. */
export interface ViewChange {
  readonly kind: 'drop-view' | 'create-view';
  readonly name: string;
  /** `IF EXISTS`, `IF NOT EXISTS`: the database decides. */
  readonly asks: boolean;
  /** `OR REPLACE`: nothing tells whether it was there. */
  readonly replaces: boolean;
}

/** What may stand between the verb and `VIEW` in PostgreSQL, MySQL and SQLite. */
const between: ReadonlySet<string> = new Set(
  'OR REPLACE ALGORITHM = UNDEFINED MERGE TEMPTABLE SQL SECURITY DEFINER INVOKER RECURSIVE MATERIALIZED'.split(' '),
);

/** Reads `DROP VIEW a, b` and `CREATE VIEW a AS …`, whose columns nobody asks for. Null for any other statement. */
export function readViewChange(tokens: readonly Token[]): readonly ViewChange[] | null {
  const verb = wordAt(tokens, 0);
  const view = after(tokens, 1, between);
  if ((verb !== 'DROP' && verb !== 'CREATE') || wordAt(tokens, view) !== 'VIEW') return null;
  const names = namesFrom(tokens, after(tokens, view + 1, asking));
  if (!names || (verb === 'CREATE' && names.length > 1)) return null;
  const kind = verb === 'DROP' ? 'drop-view' : 'create-view';
  const how = { asks: wordAt(tokens, view + 1) === 'IF', replaces: wordAt(tokens, 1) === 'OR' };
  return names.map((name) => ({ kind, name, ...how }));
}

const asking: ReadonlySet<string> = new Set(['IF', 'NOT', 'EXISTS']);

function wordAt(tokens: readonly Token[], position: number): string {
  const token = tokens[position];
  return token && token.kind !== 'name' && token.kind !== 'text' ? token.text.toUpperCase() : '';
}

function after(tokens: readonly Token[], start: number, noise: ReadonlySet<string>): number {
  let position = start;
  while (noise.has(wordAt(tokens, position))) position++;
  return position;
}

/** Names with commas between them, each without the database's schema before it. Null where one is computed. */
function namesFrom(tokens: readonly Token[], start: number): readonly string[] | null {
  const names: string[] = [];
  for (let position = start; ; position += 2) {
    while (tokens[position + 1]?.text === '.') position += 2;
    const token = tokens[position];
    const parts = [token?.text ?? hole, tokens[position + 1]?.text ?? ''];
    if (!(token?.kind === 'name' || token?.kind === 'word') || parts.some((part) => part.includes(hole))) return null;
    names.push(token.text);
    if (wordAt(tokens, position + 1) !== ',') return names;
  }
}
