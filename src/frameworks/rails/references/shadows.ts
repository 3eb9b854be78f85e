import {
  ClassNode,
  ConstantPathNode,
  ConstantReadNode,
  ConstantWriteNode,
  ModuleNode,
  type Node,
  ProgramNode,
  StatementsNode,
} from '@ruby/prism/src/nodes.js';

import { childrenOf } from '../../../languages/ruby.ts';
import { constantName, qualifiedName } from '../models/constants.ts';
import type { Model } from '../models/model.ts';

/** Constants by a spelling that a path and a class name share: `Api::OAuthToken` and `api/oauth_token` are one. */
export function constantKey(name: string): string {
  return name.replaceAll('::', '/').replaceAll('_', '').toLowerCase();
}

const autoloaded = /(?:^|\/)(?:app\/[^/]+(?:\/concerns)?|lib)\/(.+)\.rb$/;

/** The constants that the autoloader finds in files of these paths, as keys. */
export function constantsAt(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.flatMap((path) => constantKey(autoloaded.exec(path)?.[1] ?? '') || []));
}

/** What holds the statements of a file, class or module. Nothing below a call defines what others see. */
const bodies = [ProgramNode, StatementsNode, ClassNode, ModuleNode];

/** The constants that a file defines itself, as keys: classes, modules, and `Comment = Struct.new(:body)`. */
export function constantsIn(program: Node): ReadonlySet<string> {
  const found = new Set<string>();
  const open: { readonly node: Node; readonly nesting: readonly string[] }[] = [{ node: program, nesting: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, nesting } = next;
    const own = nameOf(node, nesting);
    if (own !== null) found.add(constantKey(own));
    const inside = own !== null && !(node instanceof ConstantWriteNode) ? [own, ...nesting] : nesting;
    if (bodies.some((body) => node instanceof body))
      for (const child of childrenOf(node)) open.push({ node: child, nesting: inside });
  }
  return found;
}

function nameOf(node: Node, nesting: readonly string[]): string | null {
  if (node instanceof ClassNode || node instanceof ModuleNode) return qualifiedName(node.constantPath, nesting);
  if (!(node instanceof ConstantWriteNode)) return null;
  return nesting[0] ? `${nesting[0]}::${node.name}` : node.name;
}

/** Whether a constant means something nearer than the model that it would name without it, as Ruby looks it up. */
export function isShadowed(
  constant: string,
  model: Model,
  { nesting, defined }: { readonly nesting: readonly string[]; readonly defined: readonly ReadonlySet<string>[] },
): boolean {
  if (constant.startsWith('::')) return false;
  for (const outer of nesting) {
    const nearer = `${outer}::${constant}`;
    if (nearer === model.name) return false;
    if (defined.some((keys) => keys.has(constantKey(nearer)))) return true;
  }
  return false;
}

const plainClasses = new Set(
  'Struct OpenStruct Object BasicObject SimpleDelegator Delegator Hash Array String Data StandardError'.split(' '),
);

/** Whether a class that is named like a model cannot be it, by what it inherits: `class Comment < Struct.new(:body)`. */
export function isPlainClass({ superclass }: ClassNode): boolean {
  if (superclass === null) return false;
  if (!(superclass instanceof ConstantReadNode || superclass instanceof ConstantPathNode)) return true;
  return plainClasses.has((constantName(superclass) ?? '').replace(/^::/, ''));
}
