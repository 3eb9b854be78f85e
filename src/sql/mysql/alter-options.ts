import { type Clause, sayClause, sayOptions } from './clause.ts';
import { accept, acceptSymbol, atEnd, restOf, wordAt } from './cursor.ts';
import { tableOptionAt } from './table-options.ts';

const whole: ReadonlySet<string> = new Set(
  `CONVERT ORDER DISABLE ENABLE DISCARD IMPORT PARTITION TRUNCATE COALESCE REORGANIZE EXCHANGE ANALYZE CHECK
  OPTIMIZE REBUILD REPAIR REMOVE UPGRADE`.split(/\s+/),
);

/** What changes the table as a whole: options, character set, partitions, and words on how the work is done. */
export function alterOptions(clause: Clause): boolean {
  const { cursor } = clause;
  if (accept(cursor, 'WITH', 'VALIDATION') || accept(cursor, 'WITHOUT', 'VALIDATION')) return atEnd(cursor);
  if (manner(clause)) return true;
  if (accept(cursor, 'FORCE'))
    return sayClause(clause, { kind: 'rewrite-table', table: clause.table, manner: 'force' });
  if (whole.has(wordAt(cursor))) return sayOptions(clause, restOf(cursor));
  const options: string[] = [];
  while (!atEnd(cursor)) {
    if (wordAt(cursor) === 'PARTITION' || wordAt(cursor) === 'REMOVE') options.push(restOf(cursor));
    else if (!manner(clause)) {
      const option = tableOptionAt(cursor);
      if (option === null) return false;
      options.push(option);
    }
  }
  return options.length > 0 && sayAll(clause, options);
}

function sayAll(clause: Clause, options: readonly string[]): true {
  const { table } = clause;
  const others = options.filter((option) => !option.startsWith('COMMENT='));
  if (others.length < options.length) sayClause(clause, { kind: 'set-comment', table, column: null });
  if (others.length > 0) sayOptions(clause, others.join(' '));
  return true;
}

/** `ALGORITHM = …` and `LOCK = …` say how the other clauses are carried out. */
function manner({ cursor }: Clause): boolean {
  if (!accept(cursor, 'ALGORITHM') && !accept(cursor, 'LOCK')) return false;
  acceptSymbol(cursor, '=');
  cursor.position++;
  return true;
}
