import { nameOf } from './known.ts';
import type { Machine } from './machine.ts';
import { boolean, type Call, unknown, type Value } from './value.ts';

/** Column types that only one adapter's tables have (`ColumnMethods` of Active Record's PostgreSQL adapter). */
const ofPostgres: ReadonlySet<string> = new Set([
  'jsonb',
  'hstore',
  'inet',
  'cidr',
  'macaddr',
  'citext',
  'tsvector',
  'uuid',
]);

/** What a table block answers: `t.respond_to?(:jsonb)` is known, what the table has is not. */
export function ask(call: Call, machine: Machine): Value {
  const type = call.name === 'respond_to?' ? nameOf(call.positional[0]) : null;
  return type !== null && ofPostgres.has(type) ? boolean(machine.database === 'postgres') : unknown;
}
