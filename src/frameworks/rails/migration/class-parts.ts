import {
  CallNode,
  type ClassNode,
  ConstantPathNode,
  ConstantReadNode,
  DefNode,
  FloatNode,
  IntegerNode,
  type Node,
  SelfNode,
  SingletonClassNode,
  StatementsNode,
  StringNode,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';

const entries: ReadonlySet<string> = new Set(['change', 'up']);

export function entryOf(body: Node | null): DefNode | null {
  if (!(body instanceof StatementsNode)) return null;
  for (const statement of body.body) {
    if (statement instanceof DefNode && entries.has(statement.name)) return statement;
    const nested = statement instanceof SingletonClassNode ? entryOf(statement.body) : null;
    if (nested) return nested;
  }
  return null;
}

export function isModel(node: ClassNode): boolean {
  return /(^|::)(Base|\w*Record)$/.test(constantName(node.superclass) ?? '');
}

export function isMigration(node: ClassNode): boolean {
  return /(^|::)\w*Migration$/.test(constantName(base(node.superclass)) ?? '');
}

/** `ActiveRecord::Migration` of `ActiveRecord::Migration[7.0]`. */
function base(superclass: Node | null): Node | null {
  return superclass instanceof CallNode ? superclass.receiver : superclass;
}

export function apiVersionOf(superclass: Node | null): number | null {
  if (constantName(base(superclass))?.replace(/^::/, '') !== 'ActiveRecord::Migration') return null;
  if (!(superclass instanceof CallNode)) return 4.2;
  const version = superclass.arguments_?.arguments_[0];
  return version instanceof FloatNode || version instanceof IntegerNode ? Number(version.value) : null;
}

/** The table that a class names by `self.table_name = 'users'`. */
export function tableIn(body: Node | null): string | null {
  if (!(body instanceof StatementsNode)) return null;
  for (const statement of body.body) {
    if (!(statement instanceof CallNode) || statement.name !== 'table_name=') continue;
    const name = statement.receiver instanceof SelfNode ? statement.arguments_?.arguments_[0] : null;
    if (name instanceof StringNode || name instanceof SymbolNode) return name.unescaped.value;
  }
  return null;
}

/** `A::B` of a constant or a path of constants. Null where it is something else. */
export function constantName(node: Node | null | undefined): string | null {
  const names: string[] = [];
  let each = node;
  while (each instanceof ConstantPathNode) {
    names.push(each.name ?? '');
    each = each.parent;
    if (!each) return names.reverse().join('::');
  }
  if (!(each instanceof ConstantReadNode)) return null;
  return [...names, each.name].reverse().join('::');
}
