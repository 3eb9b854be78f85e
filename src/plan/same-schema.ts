import type { ForeignKey } from '../schema/operation.ts';
import type { Schema, Table } from '../schema/schema.ts';

/**
 * Whether two folds from one schema end at the same one. The order of columns and indexes does not count, and a
 * foreign key whose name nobody chose is the same under any name.
 */
export function sameSchema(left: Schema, right: Schema): boolean {
  const names = new Set([...left.tables.keys(), ...right.tables.keys()]);
  const tables = [...names].every((name) => sameTable(left.tables.get(name), right.tables.get(name)));
  return tables && text([...left.enums]) === text([...right.enums]);
}

function sameTable(left: Table | undefined, right: Table | undefined): boolean {
  if (left === right) return true;
  if (!left || !right) return false;
  return shape(left) === shape(right) && sameKeys(left.foreignKeys, right.foreignKeys);
}

function shape(table: Table): string {
  return text([
    sorted([...table.columns.values()]),
    table.primaryKey,
    sorted(table.indexes),
    sorted(table.checks),
    table.open,
    sorted([...table.absent]),
  ]);
}

function sameKeys(left: readonly ForeignKey[], right: readonly ForeignKey[]): boolean {
  const [ours, theirs] = [namesByShape(left), namesByShape(right)];
  const shapes = new Set([...ours.keys(), ...theirs.keys()]);
  return [...shapes].every((shape) => sameNames(ours.get(shape) ?? [], theirs.get(shape) ?? []));
}

type Names = readonly (string | null)[];

function namesByShape(keys: readonly ForeignKey[]): ReadonlyMap<string, Names> {
  const names = new Map<string, (string | null)[]>();
  for (const key of keys) {
    const shape = text({ ...key, name: null });
    const known = names.get(shape);
    if (known) known.push(key.name);
    else names.set(shape, [key.name]);
  }
  return names;
}

function sameNames(left: Names, right: Names): boolean {
  const extra = (these: Names, those: Names) => {
    const known = new Set(those);
    return these.filter((name) => name !== null && !known.has(name)).length;
  };
  const nameless = (names: Names) => names.filter((name) => name === null).length;
  return left.length === right.length && extra(left, right) <= nameless(right) && extra(right, left) <= nameless(left);
}

function sorted(values: readonly unknown[]): readonly string[] {
  return values.map(text).sort();
}

/** With keys in one order, so that two values that say the same have the same text. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
