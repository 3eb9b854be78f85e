import type { ObjectType } from '../../schema/operation.ts';
import { createTable } from './create-table.ts';
import { accept, atEnd, peek, tableAt, wordAt } from './cursor.ts';
import { type Draft, quote, say, sayOpaque } from './draft.ts';
import { createIndex } from './index-statements.ts';
import { createProcedure, createTrigger } from './routine.ts';

type Create = (draft: Draft, how: How) => void;

/** The words between CREATE and what is created. */
interface How {
  readonly replaces: boolean;
  readonly temporary: boolean;
  readonly unique: boolean;
}

const nothing: Create = () => {};

const creates: Readonly<Record<string, Create>> = {
  TABLE: createTable,
  INDEX: createIndex,
  VIEW: createView,
  TRIGGER: createTrigger,
  PROCEDURE: createProcedure,
  FUNCTION: (draft, how) => createObject(draft, 'function', how),
  EVENT: (draft, how) => createObject(draft, 'other', how),
  PACKAGE: (draft, how) => createObject(draft, 'other', how),
  DATABASE: (draft, how) => createObject(draft, 'schema', how),
  SCHEMA: (draft, how) => createObject(draft, 'schema', how),
  SEQUENCE: (draft, how) => createObject(draft, 'sequence', how),
  // Nothing that reads or writes rows can see these.
  USER: nothing,
  ROLE: nothing,
  SERVER: nothing,
  TABLESPACE: nothing,
  LOGFILE: nothing,
  RESOURCE: nothing,
  REFERENCE: nothing,
};

/** As far as the words before what is created reach: OR REPLACE ALGORITHM = … DEFINER = … SQL SECURITY … */
const headLength = 20;

/** `CREATE …`, after CREATE. */
export function create(draft: Draft): void {
  const { cursor } = draft;
  const head = new Set<string>();
  for (let count = 0; count < headLength && !atEnd(cursor); count++) {
    const word = wordAt(cursor);
    cursor.position++;
    if (Object.hasOwn(creates, word)) return creates[word]?.(draft, howOf(head));
    head.add(word);
  }
  const text = quote(`CREATE ${peek({ ...cursor, position: 1 })?.text ?? ''}`);
  sayOpaque(draft, { reason: `the statement ${text} is not known`, hides: true });
}

function howOf(head: ReadonlySet<string>): How {
  return { replaces: head.has('REPLACE'), temporary: head.has('TEMPORARY'), unique: head.has('UNIQUE') };
}

function createView(draft: Draft, { replaces }: How): void {
  const { cursor } = draft;
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const table = tableAt(cursor);
  if (table === null) return sayOpaque(draft, { reason: 'the name of the view is not written out', hides: true });
  say(draft, { kind: 'create-view', table, ...(replaces && { replaces }) }, { at: draft.start, conditional });
}

function createObject(draft: Draft, object: ObjectType, { replaces }: How): void {
  const { cursor } = draft;
  accept(cursor, 'BODY');
  const conditional = accept(cursor, 'IF', 'NOT', 'EXISTS') || replaces;
  const name = tableAt(cursor) ?? '';
  say(draft, { kind: 'create-object', object, table: null, name }, { at: draft.start, conditional });
}
