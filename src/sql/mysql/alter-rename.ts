import { type Clause, sayClause } from './clause.ts';
import { accept, acceptSymbol, nameAt, tableAt } from './cursor.ts';
import { renameTaken } from './session.ts';

/** `RENAME COLUMN a TO b`, `RENAME INDEX a TO b`, `RENAME [TO] table`. */
export function alterRename(clause: Clause): boolean {
  const { cursor, table } = clause;
  accept(cursor, 'RENAME');
  if (accept(cursor, 'COLUMN')) {
    const pair = pairAt(clause);
    if (!pair) return false;
    const { from: column, to, conditional } = pair;
    return sayClause(clause, { kind: 'rename-column', table, column, to }, conditional);
  }
  if (accept(cursor, 'INDEX') || accept(cursor, 'KEY')) {
    const pair = pairAt(clause);
    if (!pair) return false;
    const { from: name, to, conditional } = pair;
    return sayClause(clause, { kind: 'rename-index', table, name, to }, conditional);
  }
  if (!accept(cursor, 'TO') && !accept(cursor, 'AS')) acceptSymbol(cursor, '=');
  const to = tableAt(cursor);
  if (to === null) return false;
  renameTaken(clause.draft.run.session, table, to);
  return sayClause(clause, { kind: 'rename-table', table, to });
}

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly conditional: boolean;
}

function pairAt({ cursor }: Clause): Pair | null {
  const conditional = accept(cursor, 'IF', 'EXISTS');
  const from = nameAt(cursor);
  const to = from !== null && accept(cursor, 'TO') ? nameAt(cursor) : null;
  return from === null || to === null ? null : { from, to, conditional };
}
