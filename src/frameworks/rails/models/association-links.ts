import type { AssociationDeclaration } from './associations.ts';
import type { Inflector } from './inflections.ts';
import type { Association } from './model.ts';

/** What is known while the associations of one model are linked to classes and tables. */
export interface LinkContext {
  readonly inflector: Inflector;
  /** The model that has the associations, and the class names around it for resolving. */
  readonly owner: { readonly name: string; readonly table: string | null; readonly nesting: readonly string[] };
  readonly resolve: (constant: string, nesting: readonly string[]) => string | null;
  readonly tableOf: (name: string) => string | null;
  /** The classes that take part in a polymorphic association under this interface name. */
  readonly participants: (as: string) => readonly string[];
}

/** Completes a declaration with what it implies: the classes at the other end, and which table holds which key. */
export function linkAssociation(declaration: AssociationDeclaration, context: LinkContext): Association {
  const { name, kind, through, source, as } = declaration;
  const targets = targetsOf(declaration, context);
  return {
    name,
    kind,
    targets,
    ...keysOf(declaration, targets, context),
    counter: counterOf(declaration, targets, context),
    through,
    source,
    as,
  };
}

function targetsOf(declaration: AssociationDeclaration, context: LinkContext): readonly string[] {
  if (declaration.className === null) return context.participants(declaration.name);
  if (declaration.className === 'self') return [context.owner.name];
  const target = context.resolve(declaration.className, [context.owner.name, ...context.owner.nesting]);
  return target === null ? [] : [target];
}

function keysOf(
  { name, kind, className, foreignKey, foreignType, as, through, joinTable }: AssociationDeclaration,
  targets: readonly string[],
  { inflector, owner, tableOf }: LinkContext,
): Pick<Association, 'keyTable' | 'keys'> {
  if (through !== null) return { keyTable: null, keys: [] };
  const targetTable = targets[0] === undefined ? null : tableOf(targets[0]);
  const ownKey = `${inflector.underscore(lastName(owner.name))}_id`;
  switch (kind) {
    case 'belongs-to': {
      const type = className === null ? [foreignType ?? `${name}_type`] : [];
      return { keyTable: owner.table, keys: [...(foreignKey ?? [`${name}_id`]), ...type] };
    }
    case 'has-one':
    case 'has-many': {
      const type = as === null ? [] : [foreignType ?? `${as}_type`];
      return { keyTable: targetTable, keys: [...(foreignKey ?? [as === null ? ownKey : `${as}_id`]), ...type] };
    }
    case 'many-to-many': {
      const derived = owner.table && targetTable ? joinTableOf(owner.table, targetTable) : null;
      return { keyTable: joinTable ?? derived, keys: foreignKey ?? [ownKey] };
    }
  }
}

/** Both names in order; a prefix that they share is written once. */
function joinTableOf(one: string, other: string): string {
  return [one, other]
    .sort()
    .join('\0')
    .replace(/^(.*[._])(.+)\0\1(.+)/, '$1$2_$3')
    .replace('\0', '_');
}

function counterOf(
  { kind, counterCache }: AssociationDeclaration,
  targets: readonly string[],
  { inflector, owner, tableOf }: LinkContext,
): Association['counter'] {
  if (counterCache === null || kind !== 'belongs-to' || targets[0] === undefined) return null;
  const table = tableOf(targets[0]);
  const column =
    counterCache === true ? `${inflector.pluralize(inflector.underscore(lastName(owner.name)))}_count` : counterCache;
  return table === null ? null : { table, column };
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
