import { ArrayNode, CallNode, HashNode, KeywordHashNode, type Node, StringNode } from '@ruby/prism/src/nodes.js';
import { argumentsOf, blockWord, keyword, literalWord, literalWords, pairsOf, type Word } from '../models/arguments.ts';
import { needAssociations } from '../models/association-arguments.ts';
import {
  associationArguments,
  columnsOnly,
  eachRecord,
  firstNames,
  keyedQueries,
  keyedWrites,
  namedReads,
  namedWrites,
  nilReads,
  preloads,
  sqlArguments,
} from './active-record-words.ts';
import { needMethod } from './attribute-needs.ts';
import { pairsIn } from './hashes.ts';
import { joins, markJoined } from './joined.ts';
import { type Keying, needKey, needKeys } from './keys.ts';
import { type Known, type Run, type Site, weaker } from './site.ts';
import { needSql } from './sql-needs.ts';

export interface Place {
  readonly site: Site;
  readonly run: Run;
}

/** Reports what the arguments of a call on a model, its relations or its records name. */
export function needArguments(call: CallNode, value: Known, { site, run }: Place): void {
  const { name } = call;
  const writes = keyedWrites.has(name) || namedWrites.has(name);
  const keying: Keying = {
    value,
    site,
    run,
    access: writes ? 'write' : 'read',
    nil: nilReads.has(name) && value.kind === 'record',
    strict: columnsOnly.has(name) && value.kind !== 'record' && value.certainty === 'certain' && !value.computed,
  };
  if (keyedQueries.has(name) || keyedWrites.has(name)) needKeyed(call, keying);
  if (namedReads.has(name) || namedWrites.has(name)) needNamed(call, keying);
  if (joins(call)) markJoined(call, run);
  if (associationArguments.has(name)) {
    const ofRecords = preloads.has(name) && !(name === 'includes' && run.joined.has(call));
    needAssociations(argumentsOf(call), value, { site, run, ofRecords });
  }
  if (sqlArguments.has(name) && value.kind !== 'record') {
    for (const argument of argumentsOf(call)) {
      if (!isName(argument)) needSql(firstOf(argument), value, { site, run });
    }
  }
  if (serialises.has(name)) needSerialised(call, value, { site, run });
  const passed = blockWord(call);
  if (passed && eachRecord.has(name))
    needMethod(value, passed, { run, site, certainty: 'likely', because: 'of each record of a relation' });
  if (name.startsWith('find_by_') || name.startsWith('find_or_')) needDynamicFinder(call, keying);
}

const serialises = new Set(['as_json', 'to_json', 'serializable_hash', 'to_xml']);

/** `as_json(methods: :label, include: :user)` calls these; `only:` and `except:` choose among what is there. */
function needSerialised(call: CallNode, value: Known, { site, run }: Place): void {
  const say = { run, site, certainty: weaker(value.certainty, 'likely'), because: 'into JSON' } as const;
  for (const option of ['methods', 'include']) {
    for (const word of literalWords(keyword(call, option))) needMethod(value, word, say);
  }
}

/** `where(['name = :name', { name: 1 }])`: behind the SQL of a list stand its binds. */
function isSqlWithBinds(node: Node): boolean {
  return node instanceof ArrayNode && !(node.elements[0] instanceof HashNode);
}

/** `update(name: 1)`, `insert_all([{ name: 1 }])`, `upsert(…, unique_by: :name)`. */
function needKeyed(call: CallNode, keying: Keying): void {
  const given = argumentsOf(call);
  // What follows a piece of SQL are its binds: `where('name = :name', name: 1)`.
  const conditions = keyedQueries.has(call.name) && !orders.has(call.name);
  const rows = conditions ? given.slice(0, 1).filter((argument) => !isSqlWithBinds(argument)) : given;
  for (const argument of rows) needKeys(pairsIn(argument, keying), keying);
  // The name of an index stands here too.
  for (const word of literalWords(keyword(call, 'unique_by'))) needKey(word, null, { ...keying, strict: false });
}

const orders = new Set(['order', 'reorder', 'in_order_of']);

/** Options of these methods are no columns, but may name some. */
const options = new Set([
  'unique_by',
  'returning',
  'update_only',
  'record_timestamps',
  'time',
  'touch',
  'on_duplicate',
]);

function needNamed(call: CallNode, asked: Keying): void {
  const given = argumentsOf(call);
  const named = firstNames.has(call.name) ? given.slice(0, 1) : given;
  // `package['name']` of something that is only called `package` is more often a hash.
  const guess = call.name === '[]' || call.name === '[]=' || call.name === 'slice' || call.name === 'values_at';
  const keying =
    guess && asked.value.byName ? { ...asked, value: { ...asked.value, certainty: 'possible' as const } } : asked;
  for (const argument of named) {
    if (argument instanceof KeywordHashNode || argument instanceof HashNode) {
      if (!keyedQueries.has(call.name))
        needKeys(
          pairsOf(argument).filter(({ key }) => !options.has(key.text)),
          keying,
        );
    } else for (const word of literalWords(argument)) if (isIdentifier(word.text)) needKey(word, null, keying);
  }
}

function needDynamicFinder(call: CallNode, keying: Keying): void {
  const names = /^find_(?:by|or_create_by|or_initialize_by)_(\w+)!?$/.exec(call.name)?.[1];
  if (
    !names ||
    keying.value.models.some(({ classMethods, scopes }) => classMethods.has(call.name) || scopes.has(call.name))
  )
    return;
  const range = call.messageLoc ?? call.location;
  for (const text of [names, ...names.split('_and_')]) needKey({ text, range }, null, { ...keying, strict: false });
}

/** Pairs given to `where` may stand in an array: `where(['name = ?', 1])`, `order(Arel.sql('name DESC'))`. */
function firstOf(node: Node): Node {
  const [wrapped] = node instanceof CallNode && wrapsSql.has(node.name) ? argumentsOf(node) : [];
  if (wrapped) return firstOf(wrapped);
  return node instanceof ArrayNode && node.elements[0] instanceof Object ? (node.elements[0] as Node) : node;
}

const wrapsSql = new Set([
  'sql',
  'sanitize_sql',
  'sanitize_sql_array',
  'sanitize_sql_for_conditions',
  'sanitize_sql_for_order',
]);

function isName(node: Node): boolean {
  const word: Word | null = literalWord(node);
  return word !== null && (isIdentifier(word.text) || !(node instanceof StringNode));
}

/** A bare name, also with its table: what Rails itself takes for a column. */
export function isIdentifier(text: string): boolean {
  return /^\w+(?:\.\w+)?$/.test(text);
}
