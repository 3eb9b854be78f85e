import {
  AssocNode,
  BlockNode,
  CallNode,
  type DefNode,
  KeywordHashNode,
  type Node,
  SymbolNode,
} from '@ruby/prism/src/nodes.js';

import type { RubyFile } from '../languages/ruby.ts';
import type { Location } from '../schema/location.ts';
import { statementsOf } from './rails-migration.ts';
import type { Cut } from './recipe.ts';

/** A call that stands as a statement, with the blocks around it, innermost first. */
export interface Standing {
  readonly call: CallNode;
  readonly around: readonly CallNode[];
}

/** Blocks whose statements run once, whenever the migration runs. */
const runsOnce = new Set(['safety_assured', 'change_table', 'say_with_time', 'suppress_messages']);

/** The calls that run once and unconditionally when the method runs: its statements, and those of transparent blocks. */
export function* standing(method: DefNode): Generator<Standing> {
  const queue: { readonly node: Node; readonly around: readonly CallNode[] }[] = [];
  const enter = (body: Node, around: readonly CallNode[]) => {
    for (const node of statementsOf(body)) queue.push({ node, around });
  };
  enter(method, []);
  for (const { node, around } of queue) {
    if (!(node instanceof CallNode)) continue;
    yield { call: node, around };
    if (node.block instanceof BlockNode && runsOnce.has(node.name)) enter(node.block, [node, ...around]);
  }
}

/** The standing call at a place, told by where it or its name begins. */
export function callAt(file: RubyFile, calls: Iterable<Standing>, at: Location): Standing | null {
  for (const each of calls) {
    const starts = [file.at(each.call), ...(each.call.messageLoc ? [file.atRange(each.call.messageLoc)] : [])];
    if (starts.some((start) => start.line === at.line && start.column === at.column)) return each;
  }
  return null;
}

/** The lines of a statement, and of every block that holds nothing else. Null where other code shares its lines. */
export function cutStatement(file: RubyFile, { call, around }: Standing): Cut | null {
  let outermost = call;
  for (const block of around) {
    if (!onlyStatement(block, outermost)) break;
    outermost = block;
  }
  return cutLines(file, outermost);
}

function onlyStatement(block: CallNode, node: Node): boolean {
  const statements = statementsOf(block.block as Node | null);
  return statements.length === 1 && statements[0] === node;
}

/** Takes the blank line before with it where another blank line, or the end of the block, follows. */
function cutLines({ text, span }: RubyFile, node: Node): Cut | null {
  const { start, end } = span(node);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end) + 1;
  const [before, after] = [text.slice(lineStart, start), text.slice(end, lineEnd)];
  if (before.trim() !== '' || !/^\s*(?:#.*)?\s*$/.test(after)) return null;
  const previous = text.lastIndexOf('\n', lineStart - 2) + 1;
  const blankBefore = lineStart > 0 && text.slice(previous, lineStart).trim() === '';
  const closes = /^[ \t\r]*(?:\n|end\b|\})/.test(text.slice(lineEnd));
  return { start: blankBefore && closes ? previous : lineStart, end: lineEnd };
}

/** One keyword argument with the comma before it. Null where the call has no such argument, or it is the only one. */
export function cutOption(file: RubyFile, call: CallNode, name: string): Cut | null {
  const given = (call.arguments_?.arguments_ ?? []).flatMap((node: Node) =>
    node instanceof KeywordHashNode ? node.elements : [node],
  );
  const index = given.findIndex((node: Node) => node instanceof AssocNode && keyOf(node) === name);
  const [option, previous] = [given[index], given[index - 1]];
  if (!option || !previous) return null;
  return { start: file.span(previous).end, end: file.span(option).end };
}

function keyOf({ key }: AssocNode): string | null {
  return key instanceof SymbolNode ? key.unescaped.value : null;
}

/** The text without the cuts, which do not overlap. */
export function withoutCuts(text: string, cuts: readonly Cut[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of [...cuts].sort((left, right) => left.start - right.start)) {
    rest += text.slice(from, Math.max(from, start));
    from = Math.max(from, end);
  }
  return rest + text.slice(from);
}

/** Whether a method does nothing when it runs, but for blocks that hold nothing. */
export function doesNothing(method: DefNode): boolean {
  const open: Node[] = [method];
  for (const body of open) {
    for (const node of statementsOf(body)) {
      if (!(node instanceof CallNode && node.block instanceof BlockNode && runsOnce.has(node.name))) return false;
      open.push(node.block);
    }
  }
  return true;
}
