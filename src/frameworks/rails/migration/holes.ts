import type { Operation } from '../../../schema/operation.ts';
import type { Place, SqlStatement } from '../../../sql/statement.ts';
import { hole } from './value.ts';

const computed = 'the text of the SQL is computed';

/**
 * Reads SQL with parts that are not known. For every database a hole is a letter that a name may have, so a statement
 * around one is mostly read; but what the hole holds may be anything, so of a statement that changes the schema
 * nothing is believed. `read` is asked for offsets in the place of lines.
 */
export function readAround(
  text: string,
  read: (place: Place) => readonly SqlStatement[],
  place: Place,
): readonly SqlStatement[] {
  const statements = read((offset) => ({ path: '', line: 1, column: offset }));
  const starts = [...new Set(statements.map(({ at }) => at.column))].sort((one, other) => one - other);
  const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? text.length]));
  return statements.map((statement) => {
    const { at } = statement;
    const placed: SqlStatement = {
      ...statement,
      at: place(at.column),
      operations: statement.operations.map((operation) => ({ ...operation, at: place(operation.at.column) })),
    };
    return text.slice(at.column, ends.get(at.column)).includes(hole) ? doubted(placed) : placed;
  });
}

/** A statement with a hole: what it would change of the schema is one thing that nobody knows. */
function doubted(statement: SqlStatement): SqlStatement {
  const hiding = statement.operations.filter(mayHide);
  const [first] = hiding;
  if (!first) return { ...statement, operations: statement.operations.map(withoutHoles) };
  const table = hiding.map((operation) => known(operation.table)).find((name) => name !== null) ?? null;
  const { at } = statement;
  const riddle = { kind: 'opaque', table, reason: computed, hidesSchemaChange: true } as const;
  return { ...statement, operations: [{ ...riddle, at, statement: first.statement, conditional: first.conditional }] };
}

/** What changes no table's columns, constraints or indexes, whatever stands in its holes. */
const beside: ReadonlySet<Operation['kind']> = new Set([
  'run-data-change',
  'truncate',
  'lock-table',
  'rewrite-table',
  'maintain-table',
  'reindex',
  'refresh-view',
  'set-comment',
  'change-privileges',
  'enable-extension',
  'create-object',
]);

function mayHide(operation: Operation): boolean {
  if (operation.kind === 'opaque') return operation.hidesSchemaChange;
  if (operation.kind === 'drop-object' || operation.kind === 'alter-object') return operation.object === 'schema';
  // Whatever a view asks for, it is a view of that name.
  if (operation.kind === 'create-view') return known(operation.table) === null;
  return !beside.has(operation.kind);
}

function withoutHoles(operation: Operation): Operation {
  const { at, statement, conditional } = operation;
  const table = known(operation.table);
  if (!JSON.stringify(operation).includes(hole)) return operation;
  if (operation.kind === 'run-data-change') {
    return { ...operation, table, columns: operation.columns.filter((column) => known(column) !== null) };
  }
  return { kind: 'opaque', table, reason: computed, hidesSchemaChange: false, at, statement, conditional };
}

function known(name: string | null): string | null {
  return name?.includes(hole) ? null : name;
}
