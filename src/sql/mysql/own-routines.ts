import { createdRoutine } from './blocks.ts';
import { accept, cursorOf, tableAt } from './cursor.ts';
import type { Cut } from './split.ts';

/** Routines and triggers that a text creates itself, as `KIND name`: to drop one of them takes nothing from others. */
export function ownRoutines(text: string, cuts: readonly Cut[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { tokens } of cuts) {
    const created = createdRoutine(tokens);
    if (!created) continue;
    const cursor = cursorOf(text, tokens.slice(created.after, created.after + longestName));
    accept(cursor, 'BODY');
    accept(cursor, 'IF', 'NOT', 'EXISTS');
    names.add(routineKey(created.kind, tableAt(cursor) ?? ''));
  }
  return names;
}

/** `IF NOT EXISTS database.name`. */
const longestName = 8;

/** Names of routines are compared without regard to case. */
export function routineKey(kind: string, name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}
