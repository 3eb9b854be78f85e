import type { Name } from '../../../deploy/deploy.ts';
import type { Model } from '../models/model.ts';
import type { ReferenceContext } from './site.ts';

/** What a place does where the name is unknown, whatever the method would do: it gives nil, or it fails. */
export type Absent = 'nil' | 'fails';

/**
 * Whether the model has the attribute without a column too: `attribute :name` makes one, and so does `enum` in Rails 6.1
 * and 7.0. Such an attribute is read and written as any other; only statements need the column.
 */
export function isDeclared(model: Model, attribute: string, { defaults }: ReferenceContext): boolean {
  if (model.declared.has(attribute)) return true;
  const version = defaults.version ?? 601;
  return version >= 601 && version < 701 && enumsOf(model).has(attribute);
}

const enums = new WeakMap<Model, ReadonlySet<string>>();

/** The attributes behind a model's enums; asked for at each of its attributes, so gathered once. */
function enumsOf(model: Model): ReadonlySet<string> {
  const known = enums.get(model) ?? new Set(model.enums.values());
  enums.set(model, known);
  return known;
}

/** Since Rails 7.1 a class with an enum of no column cannot be used at all; before, `open?` only compares with nil. */
export function enumNeedsColumn({ defaults }: ReferenceContext): boolean {
  return (defaults.version ?? 0) >= 701;
}

/** All names of both, each once; undefined where there are none. */
export function joinNames(
  some: readonly Name[] | undefined,
  others: readonly Name[] | undefined,
): readonly Name[] | undefined {
  if (!some || !others) return some ?? others;
  const isNew = (name: Name) => some.every(({ table, column }) => table !== name.table || column !== name.column);
  return [...some, ...others.filter(isNew)];
}
