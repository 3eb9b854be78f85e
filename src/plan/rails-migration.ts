import { ClassNode, ConstantPathNode, DefNode, type Node, StatementsNode } from '@ruby/prism/src/nodes.js';

import { parseRuby, type RubyFile } from '../languages/ruby.ts';
import type { Kitchen } from './recipe.ts';

/** The author's migration as a generated one follows it. */
export interface RailsMigration {
  readonly file: RubyFile;
  readonly className: string;
  /** As written: `ActiveRecord::Migration[7.0]`, or a base class of the project's own. */
  readonly superclass: string;
  readonly frozen: boolean;
  /** `change` or `up`: what runs. */
  readonly entry: DefNode;
  readonly down: DefNode | null;
}

const className = /^[A-Z]\w*$/;
const superclassName = /^(?:[A-Z]\w*::)*[A-Z]\w*(?:\[\d+\.\d+\])?$/;

const read = new WeakMap<Kitchen, RailsMigration | null>();

/** The author's migration of a kitchen, parsed once however many of its operations are rewritten. */
export function authorOf(kitchen: Kitchen): RailsMigration | null {
  const known = read.get(kitchen);
  if (known !== undefined) return known;
  const author = railsMigration(kitchen.path, kitchen.text);
  read.set(kitchen, author);
  return author;
}

/** Null where the text is not the one class with one `change` or `up` that Rails makes. */
export function railsMigration(path: string, text: string): RailsMigration | null {
  const parsed = parseRuby(path, text);
  if (!parsed.ok) return null;
  const { file } = parsed;
  const [node, second] = statementsOf(file.program).filter((each) => each instanceof ClassNode);
  if (!(node instanceof ClassNode) || second || node.constantPath instanceof ConstantPathNode || !node.superclass) {
    return null;
  }
  const methods = statementsOf(node.body).filter((each) => each instanceof DefNode);
  const entries = methods.filter(({ name }) => name === 'change' || name === 'up');
  const superclass = file.source(node.superclass);
  const [entry] = entries;
  if (!entry || entries.length > 1 || !className.test(node.name) || !superclassName.test(superclass)) return null;
  const down = methods.find(({ name }) => name === 'down') ?? null;
  return { file, className: node.name, superclass, frozen: isFrozen(text), entry, down };
}

function isFrozen(text: string): boolean {
  return /^#\s*frozen_string_literal:\s*true\s*$/m.test(text.slice(0, 500));
}

/** The statements of a method, block, class or file. */
export function statementsOf(node: Node | null): readonly Node[] {
  if (node instanceof StatementsNode) return node.body;
  const inner = node && ('statements' in node ? node.statements : 'body' in node ? node.body : null);
  return inner instanceof StatementsNode ? inner.body : [];
}
