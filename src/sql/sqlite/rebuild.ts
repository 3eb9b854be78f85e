import type { Index, Operation } from '../../schema/operation.ts';
import type { Table } from '../../schema/schema.ts';
import { changesOf } from './rebuilt.ts';
import type { Draft } from './state.ts';

/** A table that was dropped or renamed away, while it may turn out to be built anew under its name. */
interface Gone {
  readonly before: Table | null;
  readonly statement: number;
}

/** What was read so far of the steps of a rebuild. https://www.sqlite.org/lang_altertable.html#otheralter */
export interface Rebuilds {
  readonly created: Map<string, number>;
  readonly dropped: Map<string, Gone>;
  /** Indexes that went with an old table, until the text creates them again. */
  readonly lost: Map<string, { readonly index: Index; readonly draft: Draft; readonly table: string }>;
}

export function newRebuilds(): Rebuilds {
  return { created: new Map(), dropped: new Map(), lost: new Map() };
}

/** Takes a statement into account, before the history knows of it. A rename may end a rebuild. */
export function followRebuild(rebuilds: Rebuilds, draft: Draft, drafts: readonly Draft[]): void {
  const { history } = draft.run;
  for (const operation of [...draft.operations]) {
    const { kind, table } = operation;
    if (kind === 'create-table' && !operation.conditional) rebuilds.created.set(table, draft.statement);
    if (kind === 'drop-table') {
      rebuilds.dropped.set(table, { before: history.table(table), statement: draft.statement });
    }
    if (kind === 'create-index') foundAgain(rebuilds, draft, operation);
    if (kind === 'rename-table') endRebuild(rebuilds, { draft, drafts, from: table, to: operation.to });
  }
}

interface Renamed {
  readonly draft: Draft;
  readonly drafts: readonly Draft[];
  readonly from: string;
  readonly to: string;
}

/** `CREATE new; INSERT INTO new SELECT … FROM old; DROP old; ALTER new RENAME TO old` changes the old table. */
function endRebuild(rebuilds: Rebuilds, { draft, drafts, from, to }: Renamed): void {
  const { history, copies } = draft.run;
  const created = rebuilds.created.get(from);
  const gone = rebuilds.dropped.get(to);
  const copy = copies.get(from);
  const after = history.table(from);
  if (created === undefined || !gone || gone.statement < created || copy?.from !== to || !after) return;
  takeBack(drafts[created], from);
  takeBack(drafts[copy.statement], from);
  takeBack(drafts[gone.statement], to);
  const { at } = drafts[created] ?? draft;
  const changes = changesOf({ table: to, before: gone.before, after, filled: copy.columns });
  const operations = changes.map((change) => ({ ...change, at, statement: draft.statement, conditional: false }));
  draft.operations.splice(0, draft.operations.length, ...(operations as Operation[]));
  for (const index of gone.before?.indexes ?? []) {
    if (index.name !== null) rebuilds.lost.set(index.name, { index, draft, table: to });
  }
  rebuilds.created.delete(from);
  rebuilds.dropped.delete(to);
}

function takeBack(draft: Draft | undefined, table: string): void {
  if (!draft) return;
  const others = draft.operations.filter((operation) => operation.table !== table);
  draft.operations.splice(0, draft.operations.length, ...others);
}

/** The same index on the table as it is now is nobody's change; another one of its name replaces it. */
function foundAgain({ lost }: Rebuilds, draft: Draft, operation: Extract<Operation, { kind: 'create-index' }>): void {
  const name = operation.index.name ?? '';
  const was = lost.get(name);
  if (!was || was.table !== operation.table) return;
  const { columns, unique, where } = operation.index;
  const same =
    JSON.stringify([was.index.columns, was.index.unique, was.index.where]) === JSON.stringify([columns, unique, where]);
  if (!same) return;
  lost.delete(name);
  takeBack(draft, operation.table);
}

/** Says at the end of a text which indexes went with a table and did not come again. */
export function sayLost({ lost }: Rebuilds): void {
  for (const [name, { draft, table }] of lost) {
    draft.operations.unshift({
      kind: 'drop-index',
      table,
      name,
      columns: [],
      concurrently: false,
      at: draft.at,
      statement: draft.statement,
      conditional: false,
    });
  }
}
