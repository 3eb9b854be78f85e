import { createHash } from 'node:crypto';

/**
 * The names that Active Record gives to what a migration does not name (`connection_adapters/abstract/
 * schema_statements.rb`).
 */

/** Since Migration[7.1] a name that is longer becomes a shorter one with a hash. */
const maxIndexName = 62;

export function indexName(table: string, columns: readonly string[], apiVersion: number): string {
  const words = columns.map((column) => (/\W/.test(column) ? (column.match(/\w+/g) ?? []).join('_') : column));
  const name = `index_${table}_on_${words.join('_and_')}`;
  if (apiVersion < 7.1 || Buffer.byteLength(name) <= maxIndexName) return name;
  const suffix = `_${hash(name)}`;
  return `idx_on_${words.join('_')}`.slice(0, maxIndexName - suffix.length) + suffix;
}

export function foreignKeyName(table: string, columns: readonly string[]): string {
  return `fk_rails_${hash(`${table}_${columns.join('_and_')}_fk`)}`;
}

export function checkName(table: string, expression: string): string {
  return `chk_rails_${hash(`${table}_${expression}_chk`)}`;
}

export function exclusionName(table: string, expression: string): string {
  return `excl_rails_${hash(`${table}_${expression}_excl`)}`;
}

export function uniqueName(table: string, columns: readonly string[]): string {
  return `uniq_rails_${hash(`${table}_${columns.join('_and_')}_unique`)}`;
}

/** `[assemblies, parts]` → `assemblies_parts`, `[music_artists, music_records]` → `music_artists_records`. */
export function joinTableName(first: string, second: string): string {
  const [left = '', right = ''] = [first, second].sort();
  let shared = 0;
  for (let index = 0; index < left.length && left[index] === right[index]; index++) {
    if (left[index] === '_' || left[index] === '.') shared = index + 1;
  }
  return `${left}_${right.slice(shared)}`;
}

function hash(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 10);
}
