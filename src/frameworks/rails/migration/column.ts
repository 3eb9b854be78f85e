import type { Column, ColumnType } from '../../../schema/operation.ts';
import { textOf } from './known.ts';
import type { Machine } from './machine.ts';
import type { Value } from './value.ts';

export type Options = ReadonlyMap<string, Value>;

/** A column as `add_column` or `t.column` declare it. */
export function columnOf(
  name: string,
  type: string,
  { options, machine }: { options: Options; machine: Machine },
): Column {
  const numbered = /^(big|small)?serial$/.test(type) || (type === 'primary_key' && !options.has('default'));
  return {
    name,
    type: typeOf(type, options, machine.script.apiVersion),
    nullable: !(isFalse(options.get('null')) || numbered || isTrue(options.get('primary_key'))),
    default: defaultOf(options.get('default'), machine),
    generated: numbered ? 'identity' : computed(options),
  };
}

function computed(options: Options): Column['generated'] {
  if (!options.has('as')) return null;
  return isTrue(options.get('stored')) ? 'stored' : 'virtual';
}

/** The type in the migration's own words: `varchar(20)` is a `varchar` with a limit, an `enum` is the type it names. */
export function typeOf(type: string, options: Options, apiVersion: number): ColumnType {
  const declared = type === 'enum' ? (textOf(options.get('enum_type')) ?? type) : type;
  const named = type === 'virtual' ? (textOf(options.get('type')) ?? type) : declared;
  const sized = /^(\w+(?: \w+)*) ?\((\d+)(?:, ?(\d+))?\)$/.exec(named);
  const first = sized?.[2] ? Number(sized[2]) : null;
  const exact = sized?.[3] !== undefined || /^(numeric|decimal|datetime|timestamp)/.test(named);
  return {
    name: bySize(sized?.[1] ?? named.replace(/\[\]$/, ''), textOf(options.get('size'))),
    limit: numberOf(options.get('limit')) ?? (exact ? null : first),
    precision: precisionOf(named, options, apiVersion) ?? (exact ? first : null),
    scale: numberOf(options.get('scale')) ?? (sized?.[3] ? Number(sized[3]) : null),
    array: isTrue(options.get('array')) || named.endsWith('[]'),
  };
}

/** MySQL's `t.text :body, size: :long` is a `longtext`. */
function bySize(type: string, size: string | null): string {
  return size && (type === 'text' || type === 'blob' || type === 'binary')
    ? size + type.replace('binary', 'blob')
    : type;
}

/** Since Migration[7.0] a date with time keeps microseconds where nothing else is said. */
function precisionOf(type: string, options: Options, apiVersion: number): number | null {
  if (options.has('precision')) return numberOf(options.get('precision'));
  return (type === 'datetime' || type === 'timestamp') && apiVersion >= 7 ? 6 : null;
}

/** The default as text. Null: there is none, `nil` takes it away. A computed one stands as its own source. */
export function defaultOf(value: Value | undefined, machine: Machine): string | null {
  switch (value?.kind) {
    case undefined:
    case 'nil':
      return null;
    case 'list':
      return '[]';
    case 'hash':
      return '{}';
    case 'proc': {
      const inner = value.body ? machine.evaluate(value.body, value.scope) : null;
      return (inner && textOf(inner)) ?? (value.body ? machine.file.source(value.body) : '');
    }
    default:
      return value ? (textOf(value) ?? 'a computed value') : null;
  }
}

export function isTrue(value: Value | undefined): boolean {
  return value?.kind === 'boolean' && value.value;
}

export function isFalse(value: Value | undefined): boolean {
  return value?.kind === 'boolean' && !value.value;
}

function numberOf(value: Value | undefined): number | null {
  return value?.kind === 'number' ? value.value : null;
}
