import type { Hash, Value } from './value.ts';

/** The text of a string, symbol or number: what interpolation makes of it. Null where it is not known. */
export function textOf(value: Value | undefined): string | null {
  switch (value?.kind) {
    case 'text':
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'nil':
      return '';
    case 'constant':
      return value.name;
    default:
      return null;
  }
}

/** A name of a table or column: a string or symbol that is not empty. Null where it is not known. */
export function nameOf(value: Value | undefined): string | null {
  return value?.kind === 'text' && value.text !== '' ? value.text : null;
}

/** The names of one name or of a list of them. Null where one is not known. */
export function namesOf(value: Value | undefined): readonly string[] | null {
  if (value?.kind !== 'list') {
    const name = nameOf(value);
    return name === null ? null : [name];
  }
  const names = value.items.map(nameOf);
  return names.every((name) => name !== null) ? names : null;
}

/** Null: it is not known whether Ruby takes it for true. */
export function truth(value: Value): boolean | null {
  if (value.kind === 'unknown') return null;
  if (value.kind === 'nil') return false;
  return value.kind === 'boolean' ? value.value : true;
}

/** Whether two values are equal. Null where that is not known. */
export function equal(left: Value, right: Value): boolean | null {
  if (left.kind === 'nil' || right.kind === 'nil') {
    if (left.kind === 'unknown' || right.kind === 'unknown') return null;
    return left.kind === right.kind;
  }
  if (left.kind === 'text' && right.kind === 'text') return left.text === right.text && left.symbol === right.symbol;
  if (left.kind === 'number' && right.kind === 'number') return left.value === right.value;
  if (left.kind === 'boolean' && right.kind === 'boolean') return left.value === right.value;
  return null;
}

/** The entries of a hash whose keys are names, as options. */
export function optionsOf(hash: Hash): ReadonlyMap<string, Value> {
  const options = new Map<string, Value>();
  for (const [key, value] of hash.entries) {
    if (key.kind === 'text') options.set(key.text, value);
  }
  return options;
}
