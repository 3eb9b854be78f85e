import { positional } from './arguments.ts';
import { ancestorsOf, type ClassNodeOf, type ClassTree } from './class-tree.ts';
import { constantName } from './constants.ts';
import type { Definition } from './definitions.ts';
import { gemTable } from './gem-models.ts';
import type { Inflector } from './inflections.ts';

export interface TableNames {
  /** Whether a class stands over a table (or is an abstract parent of such). */
  readonly isModel: (name: string) => boolean;
  readonly isAbstract: (name: string) => boolean;
  /** Null: abstract, or not a model. */
  readonly tableOf: (name: string) => string | null;
}

export interface Naming {
  readonly inflector: Inflector;
  /** Whether anything tells of a table of this name. */
  readonly isTable: (table: string) => boolean;
}

/**
 * Class → table, by the rules of Active Record's `compute_table_name`: the nearest `table_name_prefix` of the modules
 * around, the singular table of a model around, then the plural of the last name; a subclass shares its parent's table.
 */
export function tableNames(tree: ClassTree, { inflector, isTable }: Naming): TableNames {
  const prefixes = prefixesOf(tree, inflector);
  const isModel = remembered((name: string) => {
    const known = [name, ...ancestorsOf(tree, name)].map((each) => tree.byName.get(each));
    return known.some(
      (each) =>
        each !== undefined &&
        (isBaseClass(each.name) ||
          (each.unknownParent !== null && isBaseClass(each.unknownParent)) ||
          saysSo(each) ||
          (mayBeModel(each) && isTable(computed(each.name)))),
    );
  });
  const isAbstract = (name: string) =>
    isBaseClass(name) || (tree.byName.get(name)?.members.some(({ abstract }) => abstract) ?? false);

  const tableOf = remembered((name: string): string | null => {
    if (!isModel(name) || isAbstract(name)) return null;
    for (const each of [name, ...ancestorsOf(tree, name)]) {
      const own =
        tree.byName.get(each)?.members.find(({ tableName }) => tableName !== null)?.tableName ?? gemTable(each);
      if (own) return own;
    }
    const above = ancestorsOf(tree, name).filter((each) => isModel(each) && !isAbstract(each));
    return computed(above.at(-1) ?? name);
  });

  const computed = (name: string): string => {
    const outer = modulesAround(name);
    const prefix =
      [...outer, name, ...ancestorsOf(tree, name)]
        .map((each) => prefixes.get(each))
        .find((each) => each !== undefined) ?? '';
    const parent = outer[0] && isModel(outer[0]) && !isAbstract(outer[0]) ? tableOf(outer[0]) : null;
    return `${prefix}${parent ? `${inflector.singularize(parent)}_` : ''}${inflector.tableize(name)}`;
  };
  return { isModel, isAbstract, tableOf };
}

/** `ActiveRecord::Base` and the classes that Rails generates or that gems offer in its place. */
function isBaseClass(name: string): boolean {
  return /^(::)?(\w+::)*ApplicationRecord$/.test(name) || /^(::)?ActiveRecord::Base$/.test(name);
}

/** A class whose parent the project does not hold, but whose body can only be that of a model. */
function saysSo({ name, definitions, members, unknownParent }: ClassNodeOf): boolean {
  if (definitions.every(({ kind }) => kind === 'module')) return false;
  if (/(Serializer|Resource)$/.test(`${name} ${unknownParent ?? ''}`)) return false;
  const declares = unknownParent !== null && definitions.some(isInModels);
  return members.some(({ tableName, associations }) => tableName !== null || (declares && associations.length > 0));
}

/** Where serializers and their like declare associations too, only the folder tells. */
function isInModels({ at }: Definition): boolean {
  return /(?:^|\/)models\//.test(at.path);
}

/** What stands in a models folder below a gem's class may be over a table, and is where there is one of its name. */
function mayBeModel({ definitions, unknownParent }: ClassNodeOf): boolean {
  return unknownParent?.includes('::') === true && !notRecords.test(unknownParent) && definitions.some(isInModels);
}

const notRecords =
  /(?:Serializer|Resource|Controller|Job|Mailer|Error|Policy|Decorator|Presenter|Component|Entity|Object|Form|Query|Service|Worker|Uploader|Validator|Struct|Delegator|Channel|Type|Drop|Document|Value|Set|Module)$/;

function prefixesOf(tree: ClassTree, inflector: Inflector): ReadonlyMap<string, string> {
  const prefixes = new Map<string, string>();
  for (const { definitions } of tree.byName.values()) {
    for (const { name, tablePrefix, macros, nesting } of definitions) {
      for (const call of macros.filter((macro) => macro.name === 'isolate_namespace')) {
        const constant = positional(call).flatMap((node) => constantName(node) ?? [])[0];
        const isolated = constant ? (tree.resolve(constant, [name, ...nesting]) ?? constant) : null;
        if (isolated) prefixes.set(isolated, `${inflector.underscore(isolated).replaceAll('/', '_')}_`);
      }
      if (tablePrefix !== null) prefixes.set(name, tablePrefix);
    }
  }
  return prefixes;
}

/** `A::B::C` → `A::B`, `A`. */
function modulesAround(name: string): readonly string[] {
  const parts = name.split('::').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, parts.length - index).join('::'));
}

function remembered<Value>(ask: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = ask(name);
    known.set(name, value);
    return value;
  };
}
