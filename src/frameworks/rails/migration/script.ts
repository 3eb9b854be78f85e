import {
  CallNode,
  ClassNode,
  ClassVariableWriteNode,
  ConstantWriteNode,
  DefNode,
  InstanceVariableWriteNode,
  ModuleNode,
  type Node,
  SingletonClassNode,
  StatementsNode,
} from '@ruby/prism/src/nodes.js';

import type { RubyFile } from '../../../languages/ruby.ts';
import { apiVersionOf, constantName, entryOf, isMigration, isModel, tableIn } from './class-parts.ts';

/** What a migration's file declares, before anything of it runs. */
export interface Script {
  /** The version in `ActiveRecord::Migration[7.0]`. 4.2 without one; the newest for a base class of the project's own. */
  readonly apiVersion: number;
  readonly ddlTransaction: boolean;
  /** Whether the file declares a class that can be run. */
  readonly declared: boolean;
  /** `change`, `up` or `self.up`. */
  readonly entry: DefNode | null;
  readonly methods: ReadonlyMap<string, DefNode>;
  /** Constants, and the variables of the class itself (`@@tables`, `@tables`), by their names. */
  readonly constants: ReadonlyMap<string, Node>;
  /** Classes that the file declares beside the migration, with their table where they name it. */
  readonly classes: ReadonlyMap<string, string | null>;
  /** Methods that classes and modules beside the migration have themselves, by class and name. */
  readonly helpers: ReadonlyMap<string, ReadonlyMap<string, DefNode>>;
  /** Calls that stand in the migration's class itself. */
  readonly strays: readonly CallNode[];
}

/** Newer than every published version: a base class of the project's own stands on the current one. */
const newestApi = 99;

interface Draft {
  apiVersion: number;
  ddlTransaction: boolean;
  declared: boolean;
  entry: DefNode | null;
  readonly methods: Map<string, DefNode>;
  readonly constants: Map<string, Node>;
  readonly classes: Map<string, string | null>;
  readonly helpers: Map<string, ReadonlyMap<string, DefNode>>;
  readonly strays: CallNode[];
}

/** Deeper than any class is nested. */
const maxNesting = 20;

export function readScript(file: RubyFile): Script {
  const draft: Draft = {
    apiVersion: newestApi,
    ddlTransaction: true,
    declared: false,
    entry: null,
    methods: new Map(),
    constants: new Map(),
    classes: new Map(),
    helpers: new Map(),
    strays: [],
  };
  readBody(draft, file.program.statements, 0);
  return draft;
}

function readBody(draft: Draft, body: Node | null, depth: number): void {
  if (!(body instanceof StatementsNode) || depth > maxNesting) return;
  for (const statement of body.body) readDeclaration(draft, statement, depth);
}

function readDeclaration(draft: Draft, node: Node, depth: number): void {
  if (node instanceof DefNode) draft.methods.set(node.name, node);
  else if (node instanceof ConstantWriteNode) readConstant(draft, node);
  else if (node instanceof ClassVariableWriteNode || node instanceof InstanceVariableWriteNode) {
    draft.constants.set(node.name, node.value);
  } else if (node instanceof ClassNode) readClass(draft, node, depth);
  else if (node instanceof ModuleNode) readModule(draft, node, depth);
  else if (node instanceof SingletonClassNode) readBody(draft, node.body, depth + 1);
  else if (node instanceof CallNode) readClassCall(draft, node, depth);
}

/** `private def x`, `disable_ddl_transaction!`. */
function readClassCall(draft: Draft, call: CallNode, depth: number): void {
  if (call.receiver) return;
  draft.strays.push(call);
  if (call.name === 'disable_ddl_transaction!') draft.ddlTransaction = false;
  for (const argument of call.arguments_?.arguments_ ?? []) {
    if (argument instanceof DefNode) readDeclaration(draft, argument, depth);
  }
}

/** `module_function` and `extend self` make any of its methods one of the module itself. */
function readModule(draft: Draft, node: ModuleNode, depth: number): void {
  draft.helpers.set(
    node.name,
    ownMethods(node.body, () => true),
  );
  readBody(draft, node.body, depth + 1);
}

function ownMethods(body: Node | null, isOwn: (method: DefNode) => boolean): ReadonlyMap<string, DefNode> {
  const statements: readonly Node[] = body instanceof StatementsNode ? body.body : [];
  const inside = statements.flatMap((node) => {
    const opened = node instanceof SingletonClassNode && node.body instanceof StatementsNode ? node.body.body : [];
    return opened.filter((each) => each instanceof DefNode);
  });
  const methods = statements.filter((node) => node instanceof DefNode).filter(isOwn);
  return new Map([...methods, ...inside].map((method) => [method.name, method]));
}

function readConstant(draft: Draft, node: ConstantWriteNode): void {
  const { value } = node;
  if (value instanceof CallNode && value.name === 'new' && constantName(value.receiver) === 'Class') {
    draft.classes.set(node.name, tableIn((value.block as { readonly body?: Node | null } | null)?.body ?? null));
    return;
  }
  draft.constants.set(node.name, value);
}

function readClass(draft: Draft, node: ClassNode, depth: number): void {
  const entry = isModel(node) ? null : entryOf(node.body);
  const migrates = entry !== null || isMigration(node);
  if (!migrates) {
    draft.classes.set(node.name, tableIn(node.body));
    draft.helpers.set(
      node.name,
      ownMethods(node.body, (method) => method.receiver !== null),
    );
    return;
  }
  draft.declared = true;
  draft.entry ??= entry;
  draft.apiVersion = apiVersionOf(node.superclass) ?? draft.apiVersion;
  readBody(draft, node.body, depth + 1);
}
