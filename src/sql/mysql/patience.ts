import { accept, peek } from './cursor.ts';
import type { Draft } from './draft.ts';

/**
 * `WAIT n` and `NOWAIT` (MariaDB): how long this one statement waits for a lock, in seconds, as if
 * `lock_wait_timeout` stood around it. https://mariadb.com/kb/en/wait-and-nowait/
 */
export function patience(draft: Draft): void {
  const { cursor, around } = draft;
  if (accept(cursor, 'NOWAIT')) around.push({ kind: 'set', name: 'lock_wait_timeout', value: '0' });
  const seconds = peek(cursor, 1);
  if (seconds?.kind !== 'number' || !accept(cursor, 'WAIT')) return;
  around.push({ kind: 'set', name: 'lock_wait_timeout', value: seconds.text });
  cursor.position++;
}
