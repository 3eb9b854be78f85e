import type { Unread } from '../../../reading.ts';
import { resolverOf } from './class-tree.ts';
import { isOfGem } from './gem-models.ts';
import type { Inflector } from './inflections.ts';
import type { Model, Models } from './model.ts';

interface Indexing {
  readonly inflector: Inflector;
  readonly unread: readonly Unread[];
}

/** Brings models under the names by which code speaks of them. */
export function indexModels(all: readonly Model[], { inflector, unread }: Indexing): Models {
  const byName = new Map(all.map((model) => [model.name, model]));
  const resolve = resolverOf(byName);
  const underscored = (name: string) => inflector.underscore(name);
  const words = (model: Model) =>
    isOfGem(model) ? [] : [...new Set([last(underscored(model.name)), joined(underscored(model.name))])];
  const byWord = group(all, (model) => (model.table === null ? [] : words(model)));
  return {
    all,
    byName,
    byTable: group(all, (model) => (model.table === null ? [] : [model.table])),
    including: group(all, (model) => model.concerns),
    interfaces: group(all, (model) => [...model.associations.values()].flatMap(({ as }) => as ?? [])),
    singular: preferPlain(byWord),
    plural: preferPlain(group(all, (model) => (model.table === null ? [] : words(model).map(inflector.pluralize)))),
    associated: associatedNames(all, byName),
    resolve: (constant, nesting) => byName.get(resolve(constant, nesting) ?? '') ?? null,
    unread,
  };
}

/** A class at the top owns its name; the ones inside modules share theirs. */
function preferPlain(groups: Map<string, Model[]>): ReadonlyMap<string, readonly Model[]> {
  for (const [word, models] of groups) {
    const plain = models.filter(({ name }) => !name.includes('::'));
    if (plain.length > 0) groups.set(word, plain);
  }
  return groups;
}

function associatedNames(all: readonly Model[], byName: ReadonlyMap<string, Model>): Models['associated'] {
  const found = new Map<string, { models: Set<Model>; many: boolean }>();
  for (const association of all.flatMap(({ associations }) => [...associations.values()])) {
    const many = association.kind === 'has-many' || association.kind === 'many-to-many';
    const entry = found.get(association.name) ?? { models: new Set(), many };
    for (const target of association.targets) {
      const model = byName.get(target);
      if (model && !isOfGem(model)) entry.models.add(model);
    }
    found.set(association.name, entry);
  }
  return new Map([...found].map(([name, { models, many }]) => [name, { models: [...models], many }]));
}

function group<Value>(values: readonly Value[], keysOf: (value: Value) => readonly string[]): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    for (const key of new Set(keysOf(value))) {
      const found = groups.get(key);
      if (found) found.push(value);
      else groups.set(key, [value]);
    }
  }
  return groups;
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function joined(path: string): string {
  return path.replaceAll('/', '_');
}
