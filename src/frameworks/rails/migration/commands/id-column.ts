import type { Column } from '../../../../schema/operation.ts';
import { columnOf, isFalse } from '../column.ts';
import { nameOf, optionsOf } from '../known.ts';
import type { Machine } from '../machine.ts';
import { boolean, type Call, text, type Value } from '../value.ts';
import { typeName } from './column-changes.ts';
import { defaultType } from './references.ts';

/** The column `id`, or what `id:` and `primary_key:` make of it. */
export function idColumns(call: Call, machine: Machine): readonly Column[] {
  const id = call.options.get('id');
  const key = call.options.get('primary_key');
  if ((id && isFalse(id)) || key?.kind === 'list') return [];
  const inner = id?.kind === 'hash' ? optionsOf(id) : new Map<string, Value>();
  const named = id?.kind === 'text' ? id : inner.get('type');
  const type = typeName(named ?? text(defaultType(machine)));
  const options = new Map([...call.options, ...inner].filter(([name]) => kept.has(name)));
  const column = columnOf(nameOf(key) ?? 'id', type === 'primary_key' ? 'bigint' : type, {
    options: new Map([...options, ['null', boolean(false)] as const]),
    machine,
  });
  return [numbered(column, { machine, given: options.has('default') })];
}

const kept: ReadonlySet<string> = new Set(['limit', 'precision', 'scale', 'default']);

/** Integers count by themselves, and PostgreSQL makes up the values of an `uuid`. */
function numbered(column: Column, { machine, given }: { machine: Machine; given: boolean }): Column {
  if (given) return column;
  const type = column.type?.name ?? '';
  if (/^(big|small)?(int|integer|serial)$/.test(type)) return { ...column, generated: 'identity' };
  return type === 'uuid' && machine.database === 'postgres' ? { ...column, default: 'gen_random_uuid()' } : column;
}
