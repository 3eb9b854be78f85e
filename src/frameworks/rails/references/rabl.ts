import { AssocNode, type CallNode, HashNode, KeywordHashNode, type Node } from '@ruby/prism/src/nodes.js';

import { argumentsOf, literalWord, pairsOf, statementsOf, type Word } from '../models/arguments.ts';
import { associatedValue } from './call-values.ts';
import { valueAt } from './receivers.ts';
import { isKnown, type Known, type Run, type Site, top } from './site.ts';

/** RABL (https://github.com/nesquena/rabl): Ruby that says which attributes of which record become JSON. */
export function isRabl(path: string): boolean {
  return path.endsWith('.rabl');
}

/** The record that a RABL template is about: `object @comment`, `collection @comments => :comments`. */
export function subjectOfRabl(run: Run): Known | null {
  if (!isRabl(run.file.path)) return null;
  for (const statement of statementsOf(run.file.program.statements)) {
    const { name, receiver } = statement as Partial<CallNode>;
    if (receiver !== null || (name !== 'object' && name !== 'collection')) continue;
    const about = aboutValue(statement as CallNode, top(), run);
    if (about) return { ...about, kind: 'record' };
  }
  return null;
}

/** What a block of RABL is about: `child(:moderator) { … }` an association's records, `node(:at) { |comment| … }` the same. */
export function subjectInRabl(call: CallNode, site: Site, run: Run): Known | null {
  if (!isRabl(run.file.path) || call.receiver !== null || !site.subject) return null;
  if (call.name === 'node') return site.subject;
  if (call.name !== 'child' && call.name !== 'glue') return null;
  const [first] = argumentsOf(call);
  const word = first ? literalWord(keyOf(first)) : null;
  const value = word ? associatedValue(site.subject, word.text, run) : aboutValue(call, site, run);
  return value && { ...value, kind: 'record' };
}

/** The attributes that `attributes :body, moderated_at: :at` shows under other names. */
export function renamedInRabl(call: CallNode, run: Run): readonly Word[] {
  return isRabl(run.file.path) ? argumentsOf(call).flatMap((node) => pairsOf(node).map(({ key }) => key)) : [];
}

function aboutValue(call: CallNode, site: Site, run: Run): Known | null {
  const [first] = argumentsOf(call);
  const value = first ? valueAt(keyOf(first), site, run) : null;
  return isKnown(value) ? value : null;
}

/** `@comments` of `@comments => :comments`. */
function keyOf(node: Node): Node {
  const [pair] = node instanceof HashNode || node instanceof KeywordHashNode ? (node.elements as Node[]) : [];
  return pair instanceof AssocNode ? pair.key : node;
}
