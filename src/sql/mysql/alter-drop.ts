import { type Clause, sayClause, sayOptions } from './clause.ts';
import { accept, acceptOne, atEnd, nameAt, restOf, wordAt } from './cursor.ts';

const behaviours: ReadonlySet<string> = new Set(['RESTRICT', 'CASCADE']);

/** `DROP …`: a column, a key, a constraint, a partition. */
export function alterDrop(clause: Clause): boolean {
  const { cursor, table } = clause;
  accept(cursor, 'DROP');
  if (wordAt(cursor) === 'PARTITION' || wordAt(cursor) === 'PERIOD' || wordAt(cursor, 1) === 'VERSIONING') {
    return sayOptions(clause, `DROP ${restOf(cursor)}`);
  }
  if (accept(cursor, 'PRIMARY', 'KEY')) {
    return sayClause(clause, { kind: 'drop-constraint', table, name: 'PRIMARY' });
  }
  const what = kindAt(clause);
  const conditional = accept(cursor, 'IF', 'EXISTS');
  const name = nameAt(cursor);
  acceptOne(cursor, behaviours);
  return name !== null && atEnd(cursor) && sayDrop(clause, { what, name, conditional });
}

type Dropped = 'column' | 'index' | 'foreign key' | 'check' | 'constraint';

function kindAt({ cursor }: Clause): Dropped {
  if (accept(cursor, 'FOREIGN', 'KEY')) return 'foreign key';
  if (accept(cursor, 'INDEX') || accept(cursor, 'KEY')) return 'index';
  if (accept(cursor, 'CHECK')) return 'check';
  if (accept(cursor, 'CONSTRAINT')) return 'constraint';
  accept(cursor, 'COLUMN');
  return 'column';
}

interface Drop {
  readonly what: Dropped;
  readonly name: string;
  readonly conditional: boolean;
}

function sayDrop(clause: Clause, { what, name, conditional }: Drop): true {
  const { table } = clause;
  switch (what) {
    case 'column':
      return sayClause(clause, { kind: 'drop-column', table, column: name }, conditional);
    case 'index':
      return sayClause(clause, { kind: 'drop-index', table, name, columns: [], concurrently: false }, conditional);
    case 'foreign key':
      return sayClause(clause, { kind: 'drop-foreign-key', table, name, columns: [], toTable: null }, conditional);
    case 'check':
      return sayClause(clause, { kind: 'drop-check', table, name, expression: null }, conditional);
    case 'constraint':
      return sayClause(clause, { kind: 'drop-constraint', table, name }, conditional);
  }
}
