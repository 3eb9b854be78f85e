import {
  CallNode,
  type CaseNode,
  ConstantPathNode,
  ConstantReadNode,
  InstanceVariableReadNode,
  LocalVariableReadNode,
  type Node,
  type WhenNode,
} from '@ruby/prism/src/nodes.js';

import { argumentsOf } from '../models/arguments.ts';
import { valueAt } from './receivers.ts';
import type { Known, Run, Site } from './site.ts';

const asksForClass = new Set(['is_a?', 'kind_of?', 'instance_of?']);

/** Inside `when Comment` the variable of the `case` is a comment. */
export function insideWhen(branch: WhenNode, parent: CaseNode, { site, run }: Place): Site {
  const name = parent.predicate ? variableName(parent.predicate) : null;
  return name === null ? site : knowing(name, branch.conditions, { site, run });
}

/** Under `if comment.is_a?(Comment)` the variable is a comment. */
export function insideIf(predicate: Node, { site, run }: Place): Site {
  if (!(predicate instanceof CallNode) || !predicate.receiver || !asksForClass.has(predicate.name)) return site;
  const name = variableName(predicate.receiver);
  return name === null ? site : knowing(name, argumentsOf(predicate), { site, run });
}

interface Place {
  readonly site: Site;
  readonly run: Run;
}

/** A variable known to be a record of one of some classes; unchanged where these are not models. */
function knowing(name: string, constants: readonly Node[], { site, run }: Place): Site {
  const classes = constants.map((constant) => (isConstant(constant) ? valueAt(constant, site, run) : null));
  const models = classes.flatMap((value) => (value?.kind === 'class' ? value.models : []));
  if (models.length === 0 || models.length < classes.length) return site;
  const record: Known = { kind: 'record', models, certainty: 'likely', computed: false };
  return { ...site, locals: { values: new Map([[name, record]]), outer: site.locals } };
}

function isConstant(node: Node): boolean {
  return node instanceof ConstantReadNode || node instanceof ConstantPathNode;
}

function variableName(node: Node): string | null {
  if (node instanceof LocalVariableReadNode || node instanceof InstanceVariableReadNode) return node.name;
  const bare = node instanceof CallNode && node.receiver === null && argumentsOf(node).length === 0;
  return bare ? node.name : null;
}
