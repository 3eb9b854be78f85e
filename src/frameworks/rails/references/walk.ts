import {
  AndNode,
  BeginNode,
  CallNode,
  CaseNode,
  ClassNode,
  DefNode,
  IfNode,
  InstanceVariableOrWriteNode,
  InstanceVariableWriteNode,
  LocalVariableOrWriteNode,
  LocalVariableWriteNode,
  ModuleNode,
  type Node,
  OrNode,
  RescueModifierNode,
  SingletonClassNode,
  StatementsNode,
  UnlessNode,
  WhenNode,
} from '@ruby/prism/src/nodes.js';

import { childrenOf } from '../../../languages/ruby.ts';
import { qualifiedName } from '../models/constants.ts';
import { visitCall } from './calls.ts';
import { needExpression } from './expressions.ts';
import { needMailboxTable } from './gem-columns.ts';
import { guarding, namesAsked, namesGuardedAfter, rescuesUnknownName } from './guards.ts';
import { insideIf, insideWhen } from './narrowing.ts';
import { valueAt } from './receivers.ts';
import { isPlainClass } from './shadows.ts';
import { isKnown, type Known, type Run, type Site } from './site.ts';
import { methodsIn, subjectOf } from './subjects.ts';

/** Reads a node and all below it, where `site` says what its names mean. */
export function visit(node: Node, site: Site, run: Run): void {
  if (node instanceof CallNode) visitCall(node, site, run);
  else if (node instanceof ClassNode || node instanceof ModuleNode) visitType(node, site, run);
  else if (node instanceof SingletonClassNode) visitParts(node, { ...site, level: 'singleton-body' }, run);
  else if (node instanceof DefNode) visitMethod(node, site, run);
  else if (node instanceof StatementsNode) visitStatements(node, site, run);
  else if (node instanceof IfNode) visitIf(node, guarding(site, namesAsked(node.predicate)), run);
  else if (node instanceof UnlessNode) visitParts(node, guarding(site, namesAsked(node.predicate)), run);
  else if (node instanceof CaseNode) visitCase(node, site, run);
  else if (node instanceof AndNode) visitAnd(node, guarding(site, namesAsked(node.left)), run);
  else if (node instanceof OrNode) visitParts(node, guarding(site, namesAsked(node.left)), run);
  else if (node instanceof BeginNode) visitBegin(node, site, run);
  else if (node instanceof RescueModifierNode) visitRescued(node.expression, site, run);
  else if (node instanceof LocalVariableWriteNode || node instanceof LocalVariableOrWriteNode)
    visitAssignment(node, site, run);
  else visitOther(node, site, run);
}

export function visitParts(node: Node, site: Site, run: Run): void {
  for (const child of childrenOf(node)) visit(child, site, run);
}

/** What the condition asks for guards all branches; what it tells of a variable holds in the first one. */
function visitIf(node: IfNode, site: Site, run: Run): void {
  visit(node.predicate, site, run);
  if (node.statements) visit(node.statements, insideIf(node.predicate, { site, run }), run);
  if (node.subsequent) visit(node.subsequent as Node, site, run);
}

function visitAnd(node: AndNode, site: Site, run: Run): void {
  visit(node.left, site, run);
  visit(node.right, insideIf(node.left, { site, run }), run);
}

/** Where the error of an unknown name is rescued, the name is asked for and not needed. */
function visitBegin(node: BeginNode, site: Site, run: Run): void {
  const body = node.statements;
  const rescued = rescuesUnknownName(node.rescueClause);
  for (const child of childrenOf(node)) {
    if (child === body && rescued) visitRescued(child, site, run);
    else visit(child, site, run);
  }
}

function visitRescued(node: Node, site: Site, run: Run): void {
  visit(node, site, { ...run, need: () => {} });
}

function visitCase(node: CaseNode, site: Site, run: Run): void {
  for (const child of childrenOf(node)) {
    visit(child, child instanceof WhenNode ? insideWhen(child, node, { site, run }) : site, run);
  }
}

function visitOther(node: Node, site: Site, run: Run): void {
  needExpression(node, site, run);
  visitParts(node, site, run);
  // Judged here, where its local variables are known, for whoever reads it later.
  if (node instanceof InstanceVariableWriteNode || node instanceof InstanceVariableOrWriteNode) {
    valueAt(node.value, site, run);
  }
}

function visitType(node: ClassNode | ModuleNode, site: Site, run: Run): void {
  const name = qualifiedName(node.constantPath, site.nesting) ?? '';
  if (node instanceof ClassNode) needMailboxTable(node, run);
  const model = node instanceof ClassNode && !isPlainClass(node) ? run.context.models.byName.get(name) : undefined;
  const classMethods = name.endsWith('::ClassMethods') ? name.slice(0, -'::ClassMethods'.length) : null;
  const meant = model ? [model] : (run.context.models.including.get(classMethods ?? name) ?? []);
  const self: Known | null =
    meant.length > 0 ? { kind: 'class', models: meant, certainty: 'certain', computed: false } : null;
  const inside: Site = {
    self,
    subject: self ? null : subjectOf(name, run, site.nesting),
    ownMethods: self ? new Set() : methodsIn(node),
    nesting: [name, ...site.nesting],
    locals: { values: new Map(), outer: null },
    implicit: null,
    guarded: new Set(),
    method: null,
    level: classMethods ? 'singleton-body' : 'body',
  };
  if (node.body) visit(node.body as Node, inside, run);
}

function visitMethod(node: DefNode, site: Site, run: Run): void {
  const own = node.receiver !== null || site.level === 'singleton-body';
  const self = isKnown(site.self) ? site.self : null;
  const inside: Site = {
    ...site,
    self: self && { ...self, kind: own ? 'class' : 'record' },
    locals: { values: new Map(), outer: null },
    implicit: null,
    method: node.name,
    level: own ? 'class-method' : 'instance',
  };
  if (node.parameters) visit(node.parameters, inside, run);
  if (node.body) visit(node.body as Node, inside, run);
}

/** A statement that leaves the method unless a name is there guards all after it. */
function visitStatements(node: StatementsNode, site: Site, run: Run): void {
  let here = site;
  for (const statement of node.body as Node[]) {
    visit(statement, here, run);
    here = guarding(here, namesGuardedAfter(statement));
  }
}

function visitAssignment(node: LocalVariableWriteNode | LocalVariableOrWriteNode, site: Site, run: Run): void {
  visit(node.value, site, run);
  const value = valueAt(node.value, site, run);
  if (value) site.locals.values.set(node.name, value);
  else site.locals.values.delete(node.name);
}
