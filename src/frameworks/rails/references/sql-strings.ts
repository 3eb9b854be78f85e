import {
  CallNode,
  EmbeddedStatementsNode,
  InterpolatedStringNode,
  type Node,
  ParenthesesNode,
  StringNode,
} from '@ruby/prism/src/nodes.js';

import { statementsOf } from '../models/arguments.ts';
import { valueAt } from './receivers.ts';
import { isKnown, type Run, type Site } from './site.ts';

/** A string of Ruby as the SQL it holds, with a way back to the source. */
export interface SqlString {
  readonly text: string;
  /** The source range of a name of `length` units at an offset of `text`; null inside interpolation. */
  readonly rangeAt: (offset: number, length: number) => Node['location'] | null;
}

interface Piece {
  readonly start: number;
  readonly text: string;
  /** Byte offset in the file, null for what interpolation yields. */
  readonly at: number | null;
}

/** The SQL in a string literal, heredoc or concatenation of such. Null: no literal. */
export function sqlString(node: Node, site: Site, run: Run): SqlString | null {
  const pieces: Piece[] = [];
  if (!collect(node, { pieces, site, run })) return null;
  return {
    text: pieces.map(({ text }) => text).join(''),
    rangeAt: (offset, length) => rangeIn(pieces, offset, length),
  };
}

interface Collecting {
  readonly pieces: Piece[];
  readonly site: Site;
  readonly run: Run;
}

function collect(node: Node, to: Collecting): boolean {
  if (node instanceof StringNode) {
    add(to, to.run.file.source({ location: node.contentLoc }), node.contentLoc.startOffset);
    return true;
  }
  if (node instanceof InterpolatedStringNode) {
    for (const part of node.parts as Node[]) {
      if (part instanceof StringNode)
        add(to, to.run.file.source({ location: part.contentLoc }), part.contentLoc.startOffset);
      else if (part instanceof InterpolatedStringNode) collect(part, to);
      else add(to, part instanceof EmbeddedStatementsNode ? tableIn(part, to) : ' ? ', null);
    }
    return true;
  }
  if (node instanceof ParenthesesNode) {
    const only = statementsOf(node);
    return only[0] !== undefined && only.length === 1 && collect(only[0], to);
  }
  if (!(node instanceof CallNode) || node.receiver === null) return false;
  if (node.name === '+' || node.name === '<<') {
    const right = (node.arguments_?.arguments_ ?? [])[0] as Node | undefined;
    return collect(node.receiver, to) && right !== undefined && (collect(right, to) || add(to, ' ? ', null));
  }
  return (
    ['squish', 'strip', 'freeze', 'strip_heredoc', 'html_safe', 'chomp'].includes(node.name) &&
    collect(node.receiver, to)
  );
}

function add({ pieces }: Collecting, text: string, at: number | null): true {
  const last = pieces.at(-1);
  pieces.push({ start: last ? last.start + last.text.length : 0, text, at });
  return true;
}

/** `#{Comment.table_name}` and `#{quoted_table_name}` stand for the table. */
function tableIn(part: EmbeddedStatementsNode, { site, run }: Collecting): string {
  const [call] = statementsOf(part.statements);
  if (!(call instanceof CallNode) || !['table_name', 'quoted_table_name'].includes(call.name)) return ' ? ';
  const value = call.receiver ? valueAt(call.receiver, site, run) : site.self;
  return (isKnown(value) ? value.models[0]?.table : null) ?? ' ? ';
}

function rangeIn(pieces: readonly Piece[], offset: number, length: number): Node['location'] | null {
  const piece = pieces.findLast(({ start }) => start <= offset);
  if (!piece || piece.at === null) return null;
  const before = piece.text.slice(0, offset - piece.start);
  return { startOffset: piece.at + Buffer.byteLength(before), length };
}
