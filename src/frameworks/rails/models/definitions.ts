import {
  BeginNode,
  BlockNode,
  CallNode,
  CallOperatorWriteNode,
  ClassNode,
  ConstantWriteNode,
  DefNode,
  ElseNode,
  IfNode,
  ModuleNode,
  type Node,
  SelfNode,
  SingletonClassNode,
  UnlessNode,
} from '@ruby/prism/src/nodes.js';

import type { RubyFile } from '../../../languages/ruby.ts';
import type { Location } from '../../../schema/location.ts';
import { argumentsOf, positional, statementsOf, wordOf } from './arguments.ts';
import { constantName, qualifiedName } from './constants.ts';
import type { MethodKind } from './model.ts';
import { methodKind } from './overrides.ts';

/** A class or module as one file opens it, before anything is known of the others. */
export interface Definition {
  readonly kind: 'class' | 'module';
  readonly name: string;
  /** The modules around it, innermost first. */
  readonly nesting: readonly string[];
  readonly superclass: string | null;
  readonly at: Location;
  /** Calls that run while the class body (or `included do`) is read, in order. */
  readonly macros: readonly CallNode[];
  readonly includes: readonly string[];
  /** The values given to `self.ignored_columns`, by `=` and by `+=`. */
  readonly ignored: readonly Node[];
  /** The values of the constants that it sets. */
  readonly constants: ReadonlyMap<string, Node>;
  readonly methods: ReadonlyMap<string, MethodKind>;
  readonly classMethods: ReadonlySet<string>;
  /** What `def self.table_name_prefix` returns, or is set to. */
  readonly tablePrefix: string | null;
}

interface Body {
  readonly macros: CallNode[];
  readonly includes: string[];
  readonly ignored: Node[];
  readonly constants: Map<string, Node>;
  readonly methods: Map<string, MethodKind>;
  readonly classMethods: Set<string>;
  readonly inner: (ClassNode | ModuleNode)[];
  tablePrefix: string | null;
}

type Level = 'instance' | 'class';

/** The classes and modules that a file opens, outer ones first. */
export function readDefinitions(file: RubyFile): readonly Definition[] {
  const found: Definition[] = [];
  const open = (node: ClassNode | ModuleNode, nesting: readonly string[]): void => {
    const name = qualifiedName(node.constantPath, nesting);
    if (name === null) return;
    const { inner, ...body } = bodyOf(statementsOf(node.body));
    const superclass = node instanceof ClassNode && node.superclass ? constantName(node.superclass) : null;
    const kind = node instanceof ClassNode ? 'class' : 'module';
    found.push({ kind, name, nesting, superclass, at: file.at(node.constantPath), ...body });
    for (const each of inner) open(each, [name, ...nesting]);
  };
  for (const each of bodyOf(file.program.statements.body).inner) open(each, []);
  return found;
}

function bodyOf(statements: readonly Node[]): Body {
  const body: Body = {
    macros: [],
    includes: [],
    ignored: [],
    constants: new Map(),
    methods: new Map(),
    classMethods: new Set(),
    inner: [],
    tablePrefix: null,
  };
  for (const statement of statements) readStatement(statement, 'instance', body);
  return body;
}

function readStatement(node: Node, level: Level, body: Body): void {
  if (node instanceof ClassNode || node instanceof ModuleNode) {
    if (node.name === 'ClassMethods') readAll(statementsOf(node.body), 'class', body);
    else body.inner.push(node);
  } else if (node instanceof ConstantWriteNode) body.constants.set(node.name, node.value);
  else if (node instanceof DefNode) readMethod(node, level, body);
  else if (node instanceof SingletonClassNode) readAll(statementsOf(node.body), 'class', body);
  else if (node instanceof CallNode) readCall(node, level, body);
  else if (node instanceof CallOperatorWriteNode) {
    if (node.readName === 'ignored_columns') body.ignored.push(node.value);
  } else if (node instanceof IfNode || node instanceof UnlessNode || node instanceof ElseNode) {
    readAll(statementsOf(node.statements), level, body);
    const rest = node instanceof IfNode ? node.subsequent : node instanceof UnlessNode ? node.elseClause : null;
    if (rest) readStatement(rest, level, body);
  } else if (node instanceof BeginNode) readAll(statementsOf(node.statements), level, body);
}

function readAll(statements: readonly Node[], level: Level, body: Body): void {
  for (const statement of statements) readStatement(statement, level, body);
}

function readMethod(node: DefNode, level: Level, body: Body): void {
  if (level === 'instance' && node.receiver === null) {
    body.methods.set(node.name, methodKind(node));
    return;
  }
  body.classMethods.add(node.name);
  // What `def self.included(base)` calls on the base or in its `class_eval` runs in the class that includes the module.
  if (node.name === 'included') readAll(statementsOf(node.body), 'instance', body);
  const result = statementsOf(node.body).at(-1);
  if (node.name === 'table_name_prefix' && result) body.tablePrefix = wordOf(result);
  if (node.name === 'ignored_columns' && result) body.ignored.push(result);
}

/** Blocks whose statements run as if they stood in the class body. */
const bodyBlocks: ReadonlyMap<string, Level> = new Map<string, Level>([
  ['included', 'instance'],
  ['prepended', 'instance'],
  ['class_methods', 'class'],
  ['with_options', 'instance'],
  ['class_eval', 'instance'],
]);

function readCall(node: CallNode, level: Level, body: Body): void {
  const block = node.block instanceof BlockNode ? node.block : null;
  const inside = bodyBlocks.get(node.name);
  if (block && inside) readAll(statementsOf(block.body), inside, body);
  for (const argument of argumentsOf(node)) {
    if (argument instanceof DefNode) readMethod(argument, level, body);
  }
  if (node.name === 'include' || node.name === 'prepend') {
    body.includes.push(...positional(node).flatMap((each) => constantName(each) ?? []));
  }
  if (node.name === 'ignored_columns=') body.ignored.push(...positional(node));
  if (node.name === 'table_name_prefix=') body.tablePrefix = positional(node).map(wordOf)[0] ?? null;
  if (level === 'instance' || node.receiver instanceof SelfNode) body.macros.push(node);
}
