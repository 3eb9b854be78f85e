import { ArrayNode, type CallNode, LocalVariableReadNode, SelfNode } from '@ruby/prism/src/nodes.js';
import { argumentsOf, blockWord, keywords, literalWords } from '../models/arguments.ts';
import {
  keyedQueries,
  keyedWrites,
  namedReads,
  namedWrites,
  onRecords,
  queries,
  sqlCalls,
} from './active-record-words.ts';
import { attributesMeant } from './attribute-names.ts';
import { needMethod } from './attribute-needs.ts';
import { visitBelow } from './call-parts.ts';
import { needDeclaration } from './declarations.ts';
import { needArguments } from './query-needs.ts';
import { valueAt } from './receivers.ts';
import { isKnown, type Known, type Run, type Site, weaker } from './site.ts';
import { needSql } from './sql-needs.ts';
import { needDelegated, needOfSubject } from './subjects.ts';
import { needField, needJson, needPermitted, needPossible } from './views.ts';

/** Reads a call: what it needs by its name and by its arguments, and then all parts of it. */
export function visitCall(call: CallNode, site: Site, run: Run): void {
  const receiver = call.receiver ? valueAt(call.receiver, site, run) : null;
  if (site.level === 'body' && call.block && call.receiver instanceof ArrayNode) needListed(call.receiver, site, run);
  if (call.receiver === null) needBare(call, site, run);
  else if (isKnown(receiver)) needOn(call, receiver, { site, run });
  else if (receiver === null) needUnknown(call, { site, run });
  if (sqlCalls.has(call.name)) {
    for (const argument of argumentsOf(call).slice(0, 2)) needSql(argument, receiver, { site, run });
  }
  needPermitted(call, { site, run });
  visitBelow(call, { site, run, known: needJson(call, { site, run }) });
}

/** `%i[name title].each { |attribute| validates attribute, … }` in a class body. */
function needListed(list: ArrayNode, site: Site, run: Run): void {
  if (!isKnown(site.self)) return;
  const say = { run, site, certainty: 'likely', because: 'by a class-level call in its own model' } as const;
  for (const word of literalWords(list)) needMethod({ ...site.self, kind: 'record' }, word, say);
}

interface Place {
  readonly site: Site;
  readonly run: Run;
}

/** A call without receiver goes to `self`. */
function needBare(call: CallNode, site: Site, run: Run): void {
  needField(call, null, { site, run });
  if (site.subject) needOfSubject(call, site.subject, { site, run });
  if (call.name === 'delegate') needDelegated(call, { site, run });
  if (!isKnown(site.self)) return;
  if (site.level === 'body') needDeclaration(call, site.self, { site, run });
  else if (site.self.kind !== 'record') needQuery(call, site.self, { site, run });
  else if (argumentsOf(call).length === 0) {
    const range = call.messageLoc ?? call.location;
    const because = site.self.certainty === 'certain' ? 'in its own model' : null;
    needMethod(site.self, { text: call.name, range }, { run, site, certainty: site.self.certainty, because });
  } else if (onRecords.has(call.name)) needArguments(call, site.self, { site, run });
}

function needOn(call: CallNode, receiver: Known, { site, run }: Place): void {
  if (receiver.kind === 'form') needField(call, receiver, { site, run });
  else if (receiver.kind !== 'record') needQuery(call, receiver, { site, run });
  else if (isOption(call, site) && isKnown(site.self)) needDeclaration(call, site.self, { site, run });
  else {
    const own = call.receiver instanceof SelfNode;
    const range = call.messageLoc ?? call.location;
    const certainty = own ? receiver.certainty : weaker(receiver.certainty, 'likely');
    const because = own ? 'in its own model' : null;
    const asksNothing = argumentsOf(call).length === 0 || call.isAttributeWrite();
    if (asksNothing) needMethod(receiver, { text: call.name, range }, { run, site, certainty, because });
    if (onRecords.has(call.name)) needArguments(call, receiver, { site, run });
  }
}

/** `with_options(…) do |model| model.validates :name end`. */
function isOption(call: CallNode, site: Site): boolean {
  return site.level === 'body' && call.receiver instanceof LocalVariableReadNode;
}

/** A call on the class or a relation: the table is needed, and what the arguments name. */
function needQuery(call: CallNode, value: Known, { site, run }: Place): void {
  const { name } = call;
  const range = call.messageLoc ?? call.location;
  const scoped = value.models.find(({ enums, scopes }) => scopes.has(name) && enums.has(name));
  const column = scoped?.enums.get(name);
  if (scoped?.table && column) {
    const because = 'a scope of its enum';
    run.need({ table: scoped.table, column, access: 'read', certainty: value.certainty, because, range });
  }
  if (value.kind === 'class') needTable(call, value, { site, run });
  needArguments(call, value, { site, run });
}

function needTable(call: CallNode, value: Known, { site, run }: Place): void {
  const { name } = call;
  const asks = keyedQueries.has(name) || namedReads.has(name) || queries.has(name) || name.startsWith('find_');
  const writes = keyedWrites.has(name) || namedWrites.has(name);
  for (const { name: model, table, scopes } of value.models) {
    if (table === null || site.guarded.has(model) || site.guarded.has(table) || !(asks || writes || scopes.has(name)))
      continue;
    const range = (call.receiver ?? call).location;
    const access = writes ? 'write' : 'read';
    run.need({ table, column: null, access, certainty: value.certainty, because: 'a query on its model', range });
  }
}

/** Nothing tells what the receiver is: a name that is a column somewhere is a possibility. */
function needUnknown(call: CallNode, place: Place): void {
  needField(call, null, place);
  const passed = blockWord(call);
  if (passed) needPossible(passed, place, 'a method called on each of unknown values');
  if (namedReads.has(call.name) && call.name !== '[]') {
    for (const word of argumentsOf(call).flatMap(literalWords))
      needPossible(word, place, 'a name in a query on unknown rows');
  }
  if (keyedQueries.has(call.name)) {
    for (const { key } of keywords(call)) needPossible(key, place, 'a name in a query on unknown rows');
  }
  const [meant] = attributesMeant(call.name);
  if (!meant || (argumentsOf(call).length > 0 && !call.isAttributeWrite())) return;
  const range = call.messageLoc ?? call.location;
  needPossible({ text: meant.attribute, range }, place, 'a method of this name on an unknown receiver');
}
