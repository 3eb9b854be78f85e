import type { FuncCall } from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import { constantOf } from './columns.ts';
import { type Context, opaque, step, type Tree } from './context.ts';
import { texts } from './names.ts';
import { parseStatements } from './parser.ts';

/** A text that is put together, as far as it is known: its beginning, and whether that is all of it. */
interface Known {
  readonly text: string;
  readonly whole: boolean;
}

/** EXECUTE: a text that is known is read, of any other the first word at most. */
export function readDynamic(context: Context, expression: string): readonly Operation[] {
  const { text, whole } = knownText(expression);
  const place = () => context.source.at(context.start);
  if (whole) return context.inner.text(context, text, place);
  const word = /^\s*([a-z]+)\s/i.exec(text)?.[1]?.toLowerCase() ?? '';
  if (word === 'select') return [];
  if (word === 'insert' || word === 'update' || word === 'delete') {
    return [
      { kind: 'run-data-change', table: null, change: word, columns: [], batched: context.batched, ...step(context) },
    ];
  }
  return [opaque(context, 'the text of EXECUTE is computed', true)];
}

function knownText(expression: string): Known {
  const parsed = parseStatements(`SELECT ${expression}`);
  const statement = parsed.ok ? parsed.tree[0]?.stmt : undefined;
  const target = statement && 'SelectStmt' in statement ? statement.SelectStmt.targetList?.[0] : undefined;
  const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined;
  return value ? textOf(value) : { text: '', whole: false };
}

/** The parser gives `a || b || c` as a tree that leans to the left, as deep as there are parts. */
function textOf(node: Tree): Known {
  const parts: Tree[] = [];
  let rest: Tree | undefined = node;
  while (rest && 'A_Expr' in rest && texts(rest.A_Expr.name)[0] === '||') {
    if (rest.A_Expr.rexpr) parts.unshift(rest.A_Expr.rexpr);
    rest = rest.A_Expr.lexpr;
  }
  if (rest) parts.unshift(rest);
  const known: string[] = [];
  for (const part of parts) {
    const text = literal(part);
    if (text === null) return { text: known.join('') + beginning(part), whole: false };
    known.push(text);
  }
  return { text: known.join(''), whole: true };
}

function literal(node: Tree): string | null {
  const constant = constantOf(node);
  if (constant !== undefined) return constant;
  if (!('FuncCall' in node)) return null;
  const name = texts(node.FuncCall.funcname).at(-1);
  const args = (node.FuncCall.args ?? []).map(constantOf);
  const [first] = args;
  if (typeof first !== 'string' || args.some((arg) => arg === undefined)) return null;
  if (name === 'quote_ident') return quoted(first, '"');
  if (name === 'quote_literal') return quoted(first, "'");
  return name === 'format' ? formatted(first, args.slice(1)) : null;
}

/** What a call of `format` begins with, up to its first argument. */
function beginning(node: Tree): string {
  const call: FuncCall | null = 'FuncCall' in node ? node.FuncCall : null;
  if (texts(call?.funcname).at(-1) !== 'format') return '';
  return (constantOf(call?.args?.[0]) ?? '').split('%')[0] ?? '';
}

function quoted(text: string, quote: string): string {
  return quote + text.replaceAll(quote, quote + quote) + quote;
}

/** `format` of PostgreSQL with `%I`, `%L`, `%s` and `%%`; null for positions and widths. */
function formatted(pattern: string, args: readonly (string | null | undefined)[]): string | null {
  if (/%(?![ILs%])/.test(pattern)) return null;
  let next = 0;
  return pattern.replace(/%(.)/g, (_, kind: string) => {
    if (kind === '%') return '%';
    const value = args[next++] ?? '';
    return kind === 's' ? value : quoted(value, kind === 'I' ? '"' : "'");
  });
}
