import {
  AliasMethodNode,
  CallAndWriteNode,
  CallOperatorWriteNode,
  CallOrWriteNode,
  CallTargetNode,
  ForwardingSuperNode,
  IndexAndWriteNode,
  IndexOperatorWriteNode,
  IndexOrWriteNode,
  InterpolatedStringNode,
  type Node,
  SelfNode,
  StringNode,
  SuperNode,
} from '@ruby/prism/src/nodes.js';

import { argumentsOf, literalWord } from '../models/arguments.ts';
import { needMethod } from './attribute-needs.ts';
import { markFilled } from './filled.ts';
import { needKey } from './keys.ts';
import { valueAt } from './receivers.ts';
import { isKnown, type Run, type Site, weaker } from './site.ts';
import { needQualified, needSql } from './sql-needs.ts';
import { sqlString } from './sql-strings.ts';
import { looksLikeSql } from './sql-words.ts';

type AttributeWrite = CallOrWriteNode | CallAndWriteNode | CallOperatorWriteNode | CallTargetNode;
type IndexWrite = IndexOrWriteNode | IndexAndWriteNode | IndexOperatorWriteNode;

/** Reports what an expression that is no call needs by itself: `super`, `self.name ||= 1`, a string that is SQL. */
export function needExpression(node: Node, site: Site, run: Run): void {
  if (node instanceof SuperNode || node instanceof ForwardingSuperNode) needSuper(node, site, run);
  else if (isAttributeWrite(node)) needWritten(node, site, run);
  else if (isIndexWrite(node)) {
    needIndexed(node, site, run);
    markFilled(node, site, run);
  } else if (node instanceof StringNode || node instanceof InterpolatedStringNode) {
    needString(node, site, run);
  } else if (node instanceof AliasMethodNode) needAliased(node, site, run);
}

/** A whole statement is SQL anywhere; a part of one is told by a column that stands with its table. */
function needString(node: Node, site: Site, run: Run): void {
  const string = sqlString(node, site, run);
  if (!string) return;
  if (looksLikeSql(string.text)) needSql(node, null, { site, run });
  else if (/\w\.[`"]?\w/.test(string.text)) needQualified(string, site, run);
}

function isAttributeWrite(node: Node): node is AttributeWrite {
  return (
    node instanceof CallOrWriteNode ||
    node instanceof CallAndWriteNode ||
    node instanceof CallOperatorWriteNode ||
    node instanceof CallTargetNode
  );
}

function isIndexWrite(node: Node): node is IndexWrite {
  return (
    node instanceof IndexOrWriteNode || node instanceof IndexAndWriteNode || node instanceof IndexOperatorWriteNode
  );
}

/** In a method named like a column, `super` is the column's own reader or writer. */
function needSuper(node: SuperNode | ForwardingSuperNode, site: Site, run: Run): void {
  if (site.level !== 'instance' || !isKnown(site.self) || site.method === null) return;
  const range = node instanceof SuperNode ? node.keywordLoc : node.location;
  const models = site.self.models.map((model) => ({ ...model, methods: new Map(), virtual: new Set<string>() }));
  const say = { run, site, certainty: site.self.certainty, because: 'by `super` in its own model' };
  needMethod({ ...site.self, models }, { text: site.method, range }, say);
}

function needWritten(node: AttributeWrite, site: Site, run: Run): void {
  const value = node.receiver ? valueAt(node.receiver, site, run) : null;
  if (value?.kind !== 'record') return;
  const text = node instanceof CallTargetNode ? node.name : node.writeName;
  const own = node.receiver instanceof SelfNode;
  const certainty = own ? value.certainty : weaker(value.certainty, 'likely');
  const say = { run, site, certainty, because: own ? 'in its own model' : null };
  needMethod(value, { text, range: node.messageLoc ?? node.location }, say);
}

function needIndexed(node: IndexWrite, site: Site, run: Run): void {
  const value = node.receiver ? valueAt(node.receiver, site, run) : null;
  const [first] = argumentsOf(node);
  const word = first ? literalWord(first) : null;
  if (value?.kind !== 'record' || !word || value.byName) return;
  needKey(word, null, { value, site, run, access: 'write', strict: false });
}

function needAliased(node: AliasMethodNode, site: Site, run: Run): void {
  const word = literalWord(node.oldName);
  if (!word || !isKnown(site.self)) return;
  const say = { run, site, certainty: 'likely', because: 'by an alias in its own model' } as const;
  needMethod({ ...site.self, kind: 'record' }, word, say);
}
