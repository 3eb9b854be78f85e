import type { Node } from '@ruby/prism/src/nodes.js';

import type { Definition } from './definitions.ts';
import type { Inflector } from './inflections.ts';
import { type Members, readMembers } from './members.ts';

/** One class or module with everything that the project's files say of it, whichever file opens it. */
export interface ClassNodeOf {
  readonly name: string;
  readonly definitions: readonly Definition[];
  readonly members: readonly Members[];
  readonly parent: string | null;
  /** The superclass as written, where no file of the project holds it. */
  readonly unknownParent: string | null;
  readonly includes: readonly string[];
}

/** All classes and modules by full name, with constants resolved as Ruby does. */
export interface ClassTree {
  readonly byName: ReadonlyMap<string, ClassNodeOf>;
  /** The full name that a constant means, seen from inside `nesting` (innermost first). Null: not of this project. */
  readonly resolve: (constant: string, nesting: readonly string[]) => string | null;
}

export function buildClassTree(definitions: readonly Definition[], inflector: Inflector): ClassTree {
  const groups = new Map<string, Definition[]>();
  for (const each of definitions) {
    const group = groups.get(each.name);
    if (group) group.push(each);
    else groups.set(each.name, [each]);
  }
  const resolve = resolverOf(groups);
  const constants = constantsOf(definitions);
  const byName = new Map<string, ClassNodeOf>();
  for (const [name, group] of groups) {
    const named = group.find(({ superclass }) => superclass !== null);
    const parent = named?.superclass ? resolve(named.superclass, named.nesting) : null;
    byName.set(name, {
      name,
      definitions: group,
      members: group.map((each) => readMembers(each, { inflector, constants })),
      parent: parent === name ? null : parent,
      unknownParent: parent === null ? (named?.superclass ?? null) : null,
      includes: group.flatMap((each) =>
        each.includes.flatMap((constant) => resolve(constant, [name, ...each.nesting]) ?? []),
      ),
    });
  }
  return { byName, resolve };
}

/** The value of a constant that a class or module sets, seen from inside `nesting`. Null: set nowhere, or not by a body. */
export type Constants = (constant: string, nesting: readonly string[]) => Node | null;

function constantsOf(definitions: readonly Definition[]): Constants {
  const values = new Map<string, Node>(
    definitions.flatMap(({ name, constants }) =>
      [...constants].map(([constant, value]) => [`${name}::${constant}`, value] as const),
    ),
  );
  const resolve = resolverOf(values);
  return (constant, nesting) => values.get(resolve(constant, nesting) ?? '') ?? null;
}

/** Resolves a constant against any set of full names: from the innermost module outwards, then at the top. */
export function resolverOf(names: { readonly has: (name: string) => boolean }): ClassTree['resolve'] {
  return (constant, nesting) => {
    if (constant.startsWith('::')) return names.has(constant.slice(2)) ? constant.slice(2) : null;
    for (const outer of nesting) {
      const inner = `${outer}::${constant}`;
      if (names.has(inner)) return inner;
    }
    return names.has(constant) ? constant : null;
  };
}

/** The chain of superclasses, nearest first. Ends where a class repeats: such a chain does not load. */
export function ancestorsOf(tree: ClassTree, name: string): readonly string[] {
  const chain: string[] = [];
  for (let next = tree.byName.get(name)?.parent ?? null; next !== null; next = tree.byName.get(next)?.parent ?? null) {
    if (next === name || chain.includes(next) || chain.length > 30) break;
    chain.push(next);
  }
  return chain;
}

/** Every module that a class includes, directly or through another one. */
export function concernsOf(tree: ClassTree, name: string): readonly string[] {
  const found = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const each of tree.byName.get(next)?.includes ?? []) {
      if (found.has(each)) continue;
      found.add(each);
      open.push(each);
    }
  }
  return [...found];
}
