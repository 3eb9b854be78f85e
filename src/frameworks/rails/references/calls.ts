import { ArrayNode, type CallNode, LocalVariableReadNode, SelfNode } from '@ruby/prism/src/nodes.js';
import { argumentsOf, blockWord, keyword, keywords, literalWords } from '../models/arguments.ts';
import {
  keyedQueries,
  keyedWrites,
  namedReads,
  namedWrites,
  onRecords,
  queries,
  sqlCalls,
} from './active-record-words.ts';
import { attributesMeant, methodAsked } from './attribute-names.ts';
import { needMethod } from './attribute-needs.ts';
import { visitBelow } from './call-parts.ts';
import { needDeclaration } from './declarations.ts';
import { markFilled } from './filled.ts';
import { needField } from './forms.ts';
import { guarding, namesAsked } from './guards.ts';
import { needArguments } from './query-needs.ts';
import { valueAt } from './receivers.ts';
import { needSetting } from './settings.ts';
import { isKnown, type Known, type Run, type Site, weaker } from './site.ts';
import { needSql } from './sql-needs.ts';
import { needDelegated, needOfSubject } from './subjects.ts';
import { needJson, needPermitted, needPossible } from './views.ts';

/** Reads a call: what it needs by its name and by its arguments, and then all parts of it. */
export function visitCall(call: CallNode, around: Site, run: Run): void {
  const site = guarding(around, around.level === 'body' ? namesOfConditions(call) : []);
  const receiver = call.receiver ? valueAt(call.receiver, site, run) : null;
  if (site.level === 'body' && call.receiver instanceof ArrayNode) needListed(call, { site, run });
  if (call.receiver === null) needBare(call, site, run);
  else if (isKnown(receiver)) needOn(call, receiver, { site, run });
  else if (receiver === null) needUnknown(call, { site, run });
  if (sqlCalls.has(call.name)) {
    for (const argument of argumentsOf(call).slice(0, 2)) needSql(argument, receiver, { site, run });
  }
  needPermitted(call, { site, run });
  markFilled(call, site, run);
  visitBelow(call, { site, run, known: needJson(call, { site, run }) });
}

/** `validates :name, if: -> { has_attribute?(:name) }`: the condition guards all that the call declares. */
function namesOfConditions(call: CallNode): readonly string[] {
  return ['if', 'unless'].flatMap((option) => namesAsked(keyword(call, option)));
}

/** `%i[name title].each { |attribute| validates attribute, … }` in a class body. A list alone does nothing by itself. */
function needListed(call: CallNode, { site, run }: Place): void {
  if (!isKnown(site.self)) return;
  const say = call.block
    ? ({ certainty: 'likely', because: 'by a class-level call in its own model' } as const)
    : ({ certainty: 'possible', because: 'through a list in its own model' } as const);
  for (const word of literalWords(call.receiver)) {
    // Who lists a column to ignore it does not need it.
    if (site.self.models.every((model) => model.ignored.has(word.text))) continue;
    needMethod({ ...site.self, kind: 'record' }, word, { run, site, ...say });
  }
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
  const asked = methodAsked(call);
  if (site.level === 'body') needDeclaration(call, site.self, { site, run });
  else if (site.self.kind !== 'record') needQuery(call, site.self, { site, run });
  else if (asked) {
    const because = site.self.certainty === 'certain' ? 'in its own model' : null;
    needMethod(site.self, asked, { run, site, certainty: site.self.certainty, because });
  } else if (onRecords.has(call.name)) needArguments(call, site.self, { site, run });
}

function needOn(call: CallNode, receiver: Known, { site, run }: Place): void {
  if (receiver.kind === 'form') needField(call, receiver, { site, run });
  else if (receiver.kind !== 'record') needQuery(call, receiver, { site, run });
  else if (isOption(call, site) && isKnown(site.self)) needDeclaration(call, site.self, { site, run });
  else {
    const own = call.receiver instanceof SelfNode;
    const certainty = own ? receiver.certainty : weaker(receiver.certainty, 'likely');
    const because = own ? 'in its own model' : null;
    const asked = methodAsked(call);
    if (asked) needMethod(receiver, asked, { run, site, certainty, because });
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
  if (value.kind === 'class' && call.receiver instanceof SelfNode) needSetting(call, value, { site, run });
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
  const asked = methodAsked(call);
  const [meant] = asked ? attributesMeant(asked.text) : [];
  if (asked && meant)
    needPossible({ text: meant.attribute, range: asked.range }, place, 'a method of this name on an unknown receiver');
}
