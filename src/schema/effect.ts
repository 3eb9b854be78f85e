import type { Operation } from './operation.ts';

/** What an operation does, as a text that is the same wherever it stands in its file. */
export function effectOf(operation: Operation): string {
  const { at: _at, statement: _statement, ...effect } = operation;
  return JSON.stringify(effect);
}

/** The same of a whole migration. */
export function effectsOf(operations: readonly Operation[]): string {
  return JSON.stringify(operations.map(effectOf));
}
