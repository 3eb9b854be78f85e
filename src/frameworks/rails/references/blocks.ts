import {
  type BlockNode,
  BlockParametersNode,
  type CallNode,
  LambdaNode,
  LocalVariableReadNode,
  type Node,
  ParametersNode,
  RequiredParameterNode,
} from '@ruby/prism/src/nodes.js';
import { positional, wordOf } from '../models/arguments.ts';
import { declaresAssociation } from '../models/associations.ts';
import { eachBatch, eachRecord, makesRecord, recordToRecord } from './active-record-words.ts';
import { associatedValue } from './call-values.ts';
import { formValue } from './forms.ts';
import { subjectInRabl } from './rabl.ts';
import { valueAt } from './receivers.ts';
import { isKnown, type Known, type Run, type Site, type Value } from './site.ts';
import { subjectOfBlock, subjectPresented } from './subjects.ts';

/** What the first parameter of a call's block stands for, and at which place it is (`inject` gives it second). */
function firstParameter(
  call: CallNode,
  site: Site,
  run: Run,
): { readonly value: Known | null; readonly index: number } {
  const about = subjectInRabl(call, site, run) ?? subjectPresented(call, site);
  if (about) return { value: about, index: 0 };
  const form = formValue(call, site, run);
  if (form) return { value: form, index: 0 };
  const receiver = call.receiver ? valueAt(call.receiver, site, run) : null;
  if (!isKnown(receiver)) return { value: null, index: 0 };
  const record = {
    ...receiver,
    kind: 'record',
    certainty: receiver.certainty === 'possible' ? 'possible' : 'likely',
  } as const;
  const many = receiver.kind === 'relation' || receiver.kind === 'class';
  if (many && (call.name === 'inject' || call.name === 'reduce')) return { value: record, index: 1 };
  if (many && eachBatch.has(call.name)) return { value: { ...record, kind: 'relation' }, index: 0 };
  if (many && (eachRecord.has(call.name) || makesRecord.has(call.name))) return { value: record, index: 0 };
  if (receiver.kind === 'record' && recordToRecord.has(call.name)) return { value: record, index: 0 };
  return { value: null, index: 0 };
}

/** Where the walk stands inside a block: its parameters, and the `self` that some methods give it. */
export function insideBlock(block: BlockNode | LambdaNode, call: CallNode, { site, run, known }: Inside): Site {
  const { value, index } = known ? { value: known, index: 0 } : firstParameter(call, site, run);
  const values = new Map<string, Value>();
  const name = parameterNames(block)[index];
  if (name !== undefined && value) values.set(name, value);
  return {
    ...selfInside(block, call, site, run),
    locals: { values, outer: site.locals },
    implicit: value ?? site.implicit,
  };
}

interface Inside {
  readonly site: Site;
  readonly run: Run;
  /** The value of the block's parameter, where the caller knows it already. */
  readonly known: Known | null;
}

function parameterNames(block: BlockNode | LambdaNode): readonly (string | undefined)[] {
  const given = block.parameters as Node | null;
  const parameters = given instanceof BlockParametersNode ? given.parameters : null;
  if (!(parameters instanceof ParametersNode)) return [];
  return parameters.requireds.map((each: Node) => (each instanceof RequiredParameterNode ? each.name : undefined));
}

/** Methods whose block stays a class body. */
const bodyBlocks = new Set([
  'included',
  'prepended',
  'with_options',
  'concerning',
  'searchable',
  'aasm',
  'settings',
  'mappings',
]);

/** Class-level calls whose block or lambda runs on the class: scopes. */
const scopes = new Set(['scope', 'default_scope']);

function selfInside(block: BlockNode | LambdaNode, call: CallNode, site: Site, run: Run): Site {
  const shown = subjectInRabl(call, site, run);
  if (shown) return { ...site, subject: shown };
  const subject = subjectOfBlock(call, site, run);
  if (subject)
    return call.name === 'register'
      ? { ...site, self: null, subject }
      : { ...site, self: subject, subject, level: 'instance' };
  if (['class_eval', 'instance_exec', 'class_exec'].includes(call.name) && call.receiver) {
    const value = valueAt(call.receiver, site, run);
    if (value?.kind === 'class') return { ...site, self: value, level: 'body' };
    if (isBase(call.receiver, site)) return { ...site, level: 'body' };
  }
  if (site.level !== 'body' || call.receiver !== null || !isKnown(site.self)) return site;
  if (call.name === 'class_methods') return { ...site, level: 'singleton-body' };
  if (bodyBlocks.has(call.name)) return site;
  if (scopes.has(call.name)) return { ...site, level: 'class-method' };
  if (declaresAssociation(call.name) && block instanceof LambdaNode)
    return associationScope(call, site.self, site, run);
  return { ...site, self: { ...site.self, kind: 'record' }, level: 'instance' };
}

/** `def self.included(base) base.class_eval do` is the body of a class that includes the module. */
function isBase(receiver: Node, site: Site): boolean {
  return site.method === 'included' && site.level === 'class-method' && receiver instanceof LocalVariableReadNode;
}

/** `has_many :comments, -> { order(:id) }` runs on the class at the other end. */
function associationScope(call: CallNode, self: Known, site: Site, run: Run): Site {
  const [first] = positional(call);
  const name = first ? wordOf(first) : null;
  const target = name === null ? null : associatedValue(self, name, run);
  return { ...site, self: target && { ...target, kind: 'relation' }, level: 'class-method' };
}
