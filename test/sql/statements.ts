import type { SqlStatement } from '../../src/sql/statement.ts';
import { printOperation } from '../frameworks/rails/print-operation.ts';

/** Statements as lines: what each does to the schema, or to the session. A statement that does neither has no line. */
export function printStatements(statements: readonly SqlStatement[]): string {
  return statements.flatMap(printStatement).join('');
}

function printStatement({ operations, effect, at }: SqlStatement): readonly string[] {
  const lines = operations.map((operation) => `${printOperation(operation)}\n`);
  if (effect?.kind === 'set') return [...lines, `set ${effect.name} = ${effect.value ?? 'default'} @${at.line}\n`];
  return effect ? [...lines, `${effect.kind} @${at.line}\n`] : lines;
}
