import {
  BlockNode,
  CallNode,
  DefinedNode,
  IfNode,
  type Node,
  type RescueNode,
  ReturnNode,
  UnlessNode,
} from '@ruby/prism/src/nodes.js';

import { childrenOf } from '../../../languages/ruby.ts';
import { argumentsOf, statementsOf, wordOf } from '../models/arguments.ts';
import { constantName } from '../models/constants.ts';
import type { Site } from './site.ts';

/** Ask whether a name is there, so that what follows runs only where it is. */
const questions = new Set([
  'has_attribute?',
  'respond_to?',
  'column_exists?',
  'table_exists?',
  'data_source_exists?',
  'method_defined?',
  'attribute_method?',
  'has_column?',
]);

/** Lists of names that are asked by `include?`, `key?` and `in?`. */
const lists = new Set([
  'column_names',
  'attribute_names',
  'columns_hash',
  'attributes',
  'tables',
  'columns',
  'data_sources',
]);

/** Conditions are short; of a longer one only this many parts are looked at, so that nested ones cost no more. */
const maxParts = 100;

/** The names a condition asks for: code under it does not need them. */
export function namesAsked(condition: Node | null): readonly string[] {
  const found: string[] = [];
  const open: Node[] = condition ? [condition] : [];
  for (let node = open.pop(), part = 0; node && part < maxParts; node = open.pop(), part++) {
    if (node instanceof CallNode && asks(node))
      found.push(...argumentsOf(node).flatMap(nameAsked), ...modelAsked(node));
    if (node instanceof CallNode) found.push(...namesSearched(node));
    if (node instanceof DefinedNode && node.value instanceof CallNode) found.push(node.value.name);
    open.push(...childrenOf(node));
  }
  return found;
}

/** `CommentLock.table_exists?` asks for the table of the class. */
function modelAsked({ name, receiver }: CallNode): readonly string[] {
  const constant = name === 'table_exists?' && receiver ? constantName(receiver) : null;
  return constant === null ? [] : [constant];
}

function nameAsked(node: Node): readonly string[] {
  const word = wordOf(node);
  return word === null ? [] : [word.replace(/[=?]$/, '')];
}

function asks(node: CallNode): boolean {
  if (questions.has(node.name)) return true;
  return ['include?', 'key?', 'has_key?', 'member?', '[]', 'index'].includes(node.name) && isOfList(node);
}

/** Of these a value is taken by its name, nil for one that is not there. */
const byName = new Set(['columns_hash', 'attributes']);

function isOfList(node: CallNode): boolean {
  if (node.name === '[]' && !(node.receiver instanceof CallNode && byName.has(node.receiver.name))) return false;
  for (let list = node.receiver; list instanceof CallNode; list = list.receiver) {
    if (lists.has(list.name)) return true;
  }
  return false;
}

const searches = new Set(['any?', 'find', 'detect', 'one?', 'none?', 'select', 'filter', 'index', 'find_index']);

/** `columns.any? { |column| column.name == 'name' }` asks for what the block compares with. */
function namesSearched(node: CallNode): readonly string[] {
  if (!searches.has(node.name) || !(node.block instanceof BlockNode) || !isOfList(node)) return [];
  return statementsOf(node.block.body as Node | null).flatMap((statement) => {
    if (!(statement instanceof CallNode) || !['==', '===', 'eql?'].includes(statement.name)) return [];
    return [statement.receiver, ...argumentsOf(statement)].flatMap((side) => (side ? nameAsked(side) : []));
  });
}

export function guarding(site: Site, names: readonly string[]): Site {
  return names.length === 0 || site.guarded.size > maxParts
    ? site
    : { ...site, guarded: new Set([...site.guarded, ...names]) };
}

/** What `return unless has_attribute?(:name)` asks for: it guards all statements after it. */
export function namesGuardedAfter(statement: Node): readonly string[] {
  if (!(statement instanceof IfNode || statement instanceof UnlessNode)) return [];
  const leaves = statementsOf(statement.statements).at(-1);
  const left = leaves instanceof ReturnNode || (leaves instanceof CallNode && leaves.name === 'raise');
  return left ? namesAsked(statement.predicate) : [];
}

/** What Ruby and Active Record raise for an attribute that is not there. */
const unknownName = /(?:^|::)(?:NameError|NoMethodError|MissingAttributeError|UnknownAttributeError)$/;

/** Whether a `rescue` names one of these errors: whoever writes that has thought of a name that is not there. */
export function rescuesUnknownName(clause: RescueNode | null): boolean {
  for (let each = clause; each; each = each.subsequent) {
    if (each.exceptions.some((error: Node) => unknownName.test(constantName(error) ?? ''))) return true;
  }
  return false;
}
