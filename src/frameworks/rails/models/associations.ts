import { CallNode, ConstantPathNode, ConstantReadNode, type Node } from '@ruby/prism/src/nodes.js';

import { isFalse, isTrue, keyword, optionOf, positional, wordOf, wordsOf } from './arguments.ts';
import { constantName } from './constants.ts';
import { gemAssociations, usesGemTable } from './gem-macros.ts';
import type { Inflector } from './inflections.ts';
import type { Association } from './model.ts';

/** An association as its declaration writes it. */
export interface AssociationDeclaration {
  readonly name: string;
  readonly kind: Association['kind'];
  /** As written or derived, relative to the declaring class. Null: polymorphic. */
  readonly className: string | null;
  readonly foreignKey: readonly string[] | null;
  readonly foreignType: string | null;
  readonly as: string | null;
  readonly through: string | null;
  readonly source: string | null;
  readonly joinTable: string | null;
  readonly counterCache: string | true | null;
}

const kinds: Readonly<Record<string, Association['kind']>> = {
  belongs_to: 'belongs-to',
  delegated_type: 'belongs-to',
  has_one: 'has-one',
  has_many: 'has-many',
  has_and_belongs_to_many: 'many-to-many',
};

/** Macros of well-known gems that declare associations of the class to itself. */
const treeMacros = new Set(['acts_as_tree', 'acts_as_nested_set', 'has_closure_tree']);

/** Whether a macro declares associations. */
export function declaresAssociation(macro: string): boolean {
  return Object.hasOwn(kinds, macro) || treeMacros.has(macro) || usesGemTable(macro);
}

/** The associations that a class-level call declares. */
export function readAssociations(call: CallNode, inflector: Inflector): readonly AssociationDeclaration[] {
  if (treeMacros.has(call.name)) return treeAssociations(call);
  if (usesGemTable(call.name)) return gemAssociations(call);
  const kind = Object.hasOwn(kinds, call.name) ? kinds[call.name] : undefined;
  const first = positional(call)[0];
  const name = first ? wordOf(first) : null;
  if (!kind || name === null) return [];

  const polymorphic = call.name === 'delegated_type' || isTrue(keyword(call, 'polymorphic'));
  const foreignKey = keyword(call, 'foreign_key') ?? keyword(call, 'query_constraints');
  const keys = foreignKey ? wordsOf(foreignKey) : [];
  return [
    {
      name,
      kind,
      className: polymorphic ? null : (classNameOf(keyword(call, 'class_name')) ?? defaultClass(name, kind, inflector)),
      foreignKey: keys.length > 0 ? keys : null,
      foreignType: wordOption(call, 'foreign_type'),
      as: wordOption(call, 'as'),
      through: wordOption(call, 'through'),
      source: wordOption(call, 'source'),
      joinTable: wordOption(call, 'join_table'),
      counterCache: counterOf(keyword(call, 'counter_cache')),
    },
  ];
}

function wordOption(call: CallNode, name: string): string | null {
  const value = keyword(call, name);
  return value ? wordOf(value) : null;
}

/** `counter_cache: true`, `:name` or `{ active: false, column: :name }`. */
function counterOf(value: Node | null): string | true | null {
  if (value === null || isFalse(value)) return null;
  if (isTrue(value)) return true;
  const named = wordOf(value);
  if (named !== null) return named;
  const column = optionOf(value, 'column');
  return column ? wordOf(column) : true;
}

/** `'User'`, `User` and `User.name`. */
function classNameOf(value: Node | null): string | null {
  if (value === null) return null;
  if (value instanceof CallNode && value.receiver) return classNameOf(value.receiver);
  if (value instanceof ConstantReadNode || value instanceof ConstantPathNode) return constantName(value);
  return wordOf(value);
}

function defaultClass(name: string, kind: Association['kind'], inflector: Inflector): string {
  const many = kind === 'has-many' || kind === 'many-to-many';
  return many ? inflector.classify(name) : inflector.camelize(name);
}

function treeAssociations(call: CallNode): readonly AssociationDeclaration[] {
  const foreignKey = [wordOption(call, 'foreign_key') ?? wordOption(call, 'parent_column') ?? 'parent_id'];
  const own = {
    className: 'self',
    foreignKey,
    foreignType: null,
    as: null,
    through: null,
    source: null,
    joinTable: null,
  };
  const many = ['children', 'ancestors', 'descendants', 'siblings'];
  return [
    { ...own, name: 'parent', kind: 'belongs-to', counterCache: counterOf(keyword(call, 'counter_cache')) },
    { ...own, name: 'root', kind: 'belongs-to', counterCache: null },
    ...many.map((name) => ({ ...own, name, kind: 'has-many', counterCache: null }) as const),
  ];
}
