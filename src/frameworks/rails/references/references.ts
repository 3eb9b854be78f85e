import { InstanceVariableOrWriteNode, InstanceVariableWriteNode, type Node } from '@ruby/prism/src/nodes.js';

import type { Certainty, Reference } from '../../../deploy/deploy.ts';
import { type RubyFile, walk } from '../../../languages/ruby.ts';
import { parseRubyIn } from '../../../languages/templates.ts';
import type { SourceFile, Unread } from '../../../reading.ts';
import { impliedReferences } from './implied.ts';
import { quoteAround } from './quote.ts';
import { subjectOfRabl } from './rabl.ts';
import { constantsIn } from './shadows.ts';
import { type Need, type ReferenceContext, type Run, top } from './site.ts';
import { visit } from './walk.ts';

export type { ReferenceContext } from './site.ts';

export interface References {
  /** What lines of code name. */
  readonly references: readonly Reference[];
  /** What Active Record names by itself in a process that started before all migrations. */
  readonly implied: readonly Reference[];
  readonly unread: readonly Unread[];
}

/** What an app's code needs of the schema. `files` are its code files: Ruby, and templates that hold Ruby. */
export function readReferences(files: readonly SourceFile[], context: ReferenceContext): References {
  const references: Reference[] = [];
  const unread: Unread[] = [];
  const tables = tablesByColumn(context);
  for (const { path, text } of files) {
    const found = context.watch(path, (): Found => {
      const parsed = isReadable(text) ? parseRubyIn(path, text) : tooLong;
      return parsed.ok ? referencesIn(parsed.file, context, tables) : parsed;
    });
    if (found.ok) for (const reference of found.references) references.push(reference);
    else unread.push({ path, line: found.line, reason: found.reason });
  }
  return { references, implied: impliedReferences(files, context), unread };
}

type Found =
  | { readonly ok: true; readonly references: Iterable<Reference> }
  | { readonly ok: false; readonly line: number; readonly reason: string };

/** Nobody writes longer lines by hand. In one with letters beyond ASCII every place would have to be counted anew. */
const maxLine = 20_000;
const tooLong: Extract<Found, { ok: false }> = {
  ok: false,
  line: 1,
  reason: 'it has lines too long to be written by hand',
};

function isReadable(text: string): boolean {
  for (let start = 0; text.length - start > maxLine; ) {
    const end = text.indexOf('\n', start);
    if ((end === -1 ? text.length : end) - start > maxLine) return Buffer.byteLength(text) === text.length;
    start = end + 1;
  }
  return true;
}

/** A text can be nested deeper than the walk through it; such a file counts as one that could not be read. */
function referencesIn(
  file: RubyFile,
  context: ReferenceContext,
  tables: ReadonlyMap<string, readonly string[]>,
): Found {
  const found = new Map<string, Reference>();
  const run: Run = {
    file,
    context,
    need: (need) => note(need, { file, context, found }),
    tablesWith: (column) => tables.get(column) ?? [],
    known: new Map(),
    joined: new Set(),
    filled: new Map(),
    constants: constantsIn(file.program),
    assigned: assignmentsIn(file.program),
  };
  try {
    visit(file.program, { ...top(), subject: subjectOfRabl(run) }, run);
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, line: 1, reason: 'the Ruby text is nested too deep' };
    throw error;
  }
  return { ok: true, references: found.values() };
}

interface Noting {
  readonly file: RubyFile;
  readonly context: ReferenceContext;
  readonly found: Map<string, Reference>;
}

/** Keeps a need that is wanted; of two at one place the surer one, and one that fails beside one that may give nil. A column that nobody wants or has leaves its table. */
function note({ range, unknown, nilWithout, ...asked }: Need, { file, context, found }: Noting): void {
  const at = file.atRange(range);
  const exists = asked.column === null || unknown || context.columnsOf(asked.table)?.has(asked.column);
  if (!exists && asked.access === 'declare') return;
  const column = exists && context.wants(asked.table, asked.column, at.path, at.line) ? asked.column : null;
  if (column === null && !context.wants(asked.table, null, at.path, at.line)) return;
  const need = { ...asked, column, ...(nilWithout && { nilWithout }) };
  const nil = nilWithout ? ' nil' : '';
  const key = `${need.table}.${need.column ?? ''} ${at.line}:${at.column}${nil}`;
  const before = found.get(key);
  if (before && rank[before.certainty] >= rank[need.certainty]) return;
  found.set(key, { ...need, at, quote: quoteAround(file.line(at.line), at.column) });
}

const rank: Readonly<Record<Certainty, number>> = { possible: 0, likely: 1, certain: 2 };

/** Tables of models by the names of their columns. */
function tablesByColumn({ models, columnsOf }: ReferenceContext): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, string[]>();
  for (const table of models.byTable.keys()) {
    for (const column of columnsOf(table) ?? []) {
      const known = tables.get(column);
      if (known) known.push(table);
      else tables.set(column, [table]);
    }
  }
  return tables;
}

/** Of more assignments to one instance variable than this the later ones tell nothing new. */
const maxAssignments = 20;

function assignmentsIn(program: Node): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  for (const node of walk(program)) {
    if (!(node instanceof InstanceVariableWriteNode || node instanceof InstanceVariableOrWriteNode)) continue;
    const known = found.get(node.name);
    if (known && known.length < maxAssignments) known.push(node.value);
    else if (!known) found.set(node.name, [node.value]);
  }
  return found;
}
