import type { CallNode } from '@ruby/prism/src/nodes.js';

import { literalWord, positional, type Word } from '../models/arguments.ts';
import type { Known, Run, Site } from './site.ts';

/** Settings of a model that name a column, and why each query then needs it. */
const columnSettings: ReadonlyMap<string, string> = new Map([
  ['primary_key=', 'the primary key of its model'],
  ['implicit_order_column=', 'the column by which its model is ordered'],
  ['locking_column=', 'the column that locks the rows of its model'],
]);

/** Reports what `self.table_name = …` and `self.primary_key = …` make every query of the model need. */
export function needSetting(
  call: CallNode,
  { models }: Known,
  { site, run }: { readonly site: Site; readonly run: Run },
): void {
  const [value] = positional(call);
  const word = value ? literalWord(value) : null;
  if (!word || site.guarded.has(word.text)) return;
  if (call.name === 'table_name=') needNewTable(word, run);
  const because = columnSettings.get(call.name);
  for (const { table } of because ? models : []) {
    if (!because || table === null || !run.context.columnsOf(table)?.has(word.text)) continue;
    run.need({ table, column: word.text, access: 'read', certainty: 'certain', because, range: word.range });
  }
}

/** A model that moves to a table which is not there yet takes all its queries along, whichever lines they stand on. */
function needNewTable({ text: table, range }: Word, run: Run): void {
  const isThere = run.context.columnsAtStart(table) !== null;
  const certainty = isThere ? 'possible' : 'certain';
  run.need({ table, column: null, access: 'read', certainty, because: 'the table of its model', range });
}
