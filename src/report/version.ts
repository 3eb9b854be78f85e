import { readFileSync } from 'node:fs';

let known: string | null = null;

/** The version of this Bellows, read once from its package.json. */
export function version(): string {
  known ??= read();
  return known;
}

function read(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version?: unknown }).version ?? 'unknown');
}
