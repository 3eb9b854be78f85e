import type { RangeVar } from 'libpg-query';

import type { Tree } from './context.ts';

/** A name as the code says it: a table of `public` stands without its schema, any other with it. */
export function relationName(relation: RangeVar | undefined): string {
  return qualified([relation?.schemaname ?? '', relation?.relname ?? '']);
}

/** The same for a name that stands as a list of its parts. */
export function listName(nodes: readonly Tree[] | undefined): string {
  return qualified(texts(nodes));
}

/** The name in a node that is a list of parts, one part, or a type. */
export function nodeName(node: Tree | undefined): string {
  if (!node) return '';
  if ('List' in node) return listName(node.List.items);
  if ('TypeName' in node) return listName(node.TypeName.names);
  if ('ObjectWithArgs' in node) return listName(node.ObjectWithArgs.objname);
  if ('RangeVar' in node) return relationName(node.RangeVar);
  return texts([node])[0] ?? '';
}

/** The texts of nodes that are plain words; others are left out. */
export function texts(nodes: readonly Tree[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));
}

function qualified(parts: readonly string[]): string {
  const [schema, name] = parts.slice(-2).length === 2 ? parts.slice(-2) : ['', parts[0]];
  return schema === '' || schema === 'public' ? (name ?? '') : `${schema}.${name}`;
}
