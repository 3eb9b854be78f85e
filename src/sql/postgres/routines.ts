import type { CallStmt, CreateFunctionStmt, DefElem, DoStmt, SelectStmt } from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import { readBlock } from './block.ts';
import type { Body } from './block-place.ts';
import { type Context, opaque, step, type Tree } from './context.ts';
import type { Routine } from './memory.ts';
import { listName, texts } from './names.ts';
import { tokenFrom } from './tokens.ts';

/** DO runs its body at once. */
export function runBlock(context: Context, { args }: DoStmt): readonly Operation[] {
  const body = bodyOf(context, args, 'plpgsql');
  return body ? run(context, body) : [];
}

/** However short a routine is, calling it costs as much as reading this many characters. */
const leastLength = 500;

/** CREATE FUNCTION and CREATE PROCEDURE run nothing; what they would run is kept for those that call them. */
export function createRoutine(context: Context, statement: CreateFunctionStmt): readonly Operation[] {
  const { funcname, is_procedure, replace, options, sql_body } = statement;
  const body = bodyOf(context, options, 'sql');
  const { source, start, end } = context;
  const read: Routine['read'] = (caller) => {
    const within = { ...caller, source, start, end };
    if (sql_body) return nodesIn(sql_body).flatMap((node) => caller.inner.node(within, node));
    return body ? run(within, body) : [];
  };
  context.memory.routines.set(listName(funcname), { length: end - start + leastLength, read });
  const object = is_procedure ? 'procedure' : 'function';
  return [{ kind: 'create-object', object, table: null, name: listName(funcname), ...step(context, replace) }];
}

/** CALL of a procedure of this text does what its body says. */
export function call(context: Context, { funccall }: CallStmt): readonly Operation[] {
  const name = listName(funccall?.funcname);
  return called(context, name) ?? [opaque(context, `what the procedure ${name} does is not in this text`, false)];
}

/** What the functions of this text do that a query calls. Other functions are taken to change nothing. */
export function calledIn(context: Context, { targetList, fromClause }: SelectStmt): readonly Operation[] {
  if (context.memory.routines.size === 0) return [];
  const values = (targetList ?? []).flatMap((node) =>
    'ResTarget' in node && node.ResTarget.val ? [node.ResTarget.val] : [],
  );
  const rows = (fromClause ?? []).flatMap((node) =>
    'RangeFunction' in node ? (node.RangeFunction.functions ?? []) : [],
  );
  const calls = [...values, ...rows.flatMap((node) => ('List' in node ? (node.List.items ?? []) : [node]))];
  return calls.flatMap((node) => ('FuncCall' in node ? (called(context, listName(node.FuncCall.funcname)) ?? []) : []));
}

/** Null where the text does not create it. */
function called(context: Context, name: string): readonly Operation[] | null {
  const { memory } = context;
  const routine = memory.routines.get(name);
  if (!routine) return null;
  if (memory.callable < routine.length) return [opaque(context, 'the routines that it calls are too long', true)];
  memory.callable -= routine.length;
  return routine.read(context);
}

function run(context: Context, body: Body): readonly Operation[] {
  if (body.language === 'plpgsql') return readBlock(context, body);
  if (body.language !== 'sql') return [opaque(context, `a body in ${body.language} is not read`, true)];
  const { offset } = body;
  const place =
    offset === null ? () => context.source.at(context.start) : (at: number) => context.source.at(offset + at);
  return context.inner.text(context, body.text, place);
}

/** The options of a routine are LANGUAGE, AS and more, in any order. */
function bodyOf(context: Context, options: readonly Tree[] | undefined, language: string): Body | null {
  const elements = (options ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem] : []));
  const option = (name: string) => elements.find(({ defname }) => defname === name);
  const text = option('as');
  if (!text) return null;
  const named = option('language')?.arg;
  const { source, start, end } = context;
  const literal = literalAt(context, text);
  return {
    language: (texts(named ? [named] : [])[0] ?? language).toLowerCase(),
    text: literalText(text),
    offset: literal?.offset ?? null,
    before: source.text.slice(start, literal?.start ?? start),
    after: source.text.slice(literal?.end ?? end, end),
  };
}

function literalText({ arg }: DefElem): string {
  if (arg && 'List' in arg) return texts(arg.List.items)[0] ?? '';
  return texts(arg ? [arg] : [])[0] ?? '';
}

interface Literal {
  readonly start: number;
  readonly end: number;
  /** Where its value begins, if that stands there as it is. */
  readonly offset: number | null;
}

/** The string of the body: the first one from where the parser saw AS or the string itself. */
function literalAt({ source }: Context, { location }: DefElem): Literal | null {
  const { text } = source;
  for (let token = tokenFrom(text, source.offset(location)); token; token = tokenFrom(text, token.end)) {
    const { kind, start, end } = token;
    if (kind === 'dollar') return { start, end, offset: text.indexOf('$', start + 1) + 1 };
    if (kind === 'string') return { start, end, offset: null };
    if (kind !== 'word') return null;
  }
  return null;
}

function nodesIn(body: Tree): readonly Tree[] {
  if (!('List' in body)) return [body];
  return (body.List.items ?? []).flatMap(nodesIn);
}
