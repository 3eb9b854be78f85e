import { ConstantPathNode, ConstantReadNode, type Node } from '@ruby/prism/src/nodes.js';

/** `Foo::Bar` of a constant, null where it is computed. */
export function constantName(node: Node): string | null {
  if (node instanceof ConstantReadNode) return node.name;
  if (!(node instanceof ConstantPathNode) || node.name === null) return null;
  if (node.parent === null) return `::${node.name}`;
  const parent = constantName(node.parent);
  return parent === null ? null : `${parent}::${node.name}`;
}

/** The full name of a class opened inside modules. */
export function qualifiedName(path: Node, nesting: readonly string[]): string | null {
  const name = constantName(path);
  if (name === null) return null;
  if (name.startsWith('::')) return name.slice(2);
  return nesting[0] ? `${nesting[0]}::${name}` : name;
}
