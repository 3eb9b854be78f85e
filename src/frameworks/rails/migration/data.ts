import { runWrapped } from './blocks.ts';
import { columnsIn } from './data-columns.ts';
import {
  answers,
  batches,
  bulkChanges,
  type Change,
  oneRow,
  onlyLoud,
  onlyRows,
  quiet,
  relations,
  resent,
  rowChanges,
  turns,
} from './data-words.ts';
import { callElsewhere } from './elsewhere.ts';
import { nameOf } from './known.ts';
import { type Machine, recordStatement } from './machine.ts';
import { runsOwnCode, runsScope } from './own-methods.ts';
import { type Call, nil, type Row, type Rows, text, unknown, type Value } from './value.ts';

/** A call on a model or relation: records what it does to rows, and gives the relation or row that it returns. */
export function callRows(machine: Machine, rows: Rows, call: Call): Value {
  const change = bulkChanges.get(quiet(call.name));
  if (change) {
    recordChange(machine, rows, { call, change, columns: columnsIn(call) });
    if (call.block) runWrapped(machine, call.block, [rowOf(rows, true)]);
    return change === 'insert' ? rowOf(rows, false) : unknown;
  }
  if (call.name === 'table_name') return rows.table === null ? unknown : text(rows.table);
  if (call.block) return turn(machine, rows, call);
  if (oneRow.has(quiet(call.name))) return rowOf(rows, call.name === 'new' || call.name === 'build', columnsIn(call));
  if (answers.has(call.name)) return unknown;
  if (runsScope(call)) callElsewhere(machine, call);
  if (!batches.has(call.name)) return rows;
  return { ...rows, batched: true, inBatches: call.name !== 'find_each' };
}

/** A call that tells that its receiver is a row or a relation of a table that nobody knows. Null for any other. */
export function callUnknownRows(machine: Machine, call: Call): Value | null {
  if (!onlyRows.has(call.name)) return null;
  const row: Row = { kind: 'row', table: null, batched: false, fresh: false, assigned: new Set() };
  const many = bulkChanges.has(quiet(call.name)) && !rowChanges.has(quiet(call.name));
  return many ? callRows(machine, someRows(row), call) : callRow(machine, row, call);
}

/** Reads the block of a loop over rows once, with a row of the table. */
function turn(machine: Machine, rows: Rows, call: Call): Value {
  const { block } = call;
  if (!block) return unknown;
  if (block.kind === 'text') {
    callRow(machine, rowOf(rows, false), {
      ...call,
      name: block.text,
      positional: [],
      options: new Map(),
      block: null,
    });
    return unknown;
  }
  const whole = batches.has(call.name) && call.name !== 'find_each';
  const looping = whole || turns.has(call.name);
  const inner = { ...rows, batched: rows.batched || batches.has(call.name), inBatches: false };
  const many = whole || (rows.inBatches && call.name !== 'each_record');
  const item = many ? inner : rowOf(inner, false);
  runWrapped(machine, block, looping || oneRow.has(quiet(call.name)) ? [item] : []);
  return looping ? unknown : rows;
}

function rowOf({ table, batched }: Rows, fresh: boolean, assigned: readonly string[] = []): Row {
  return { kind: 'row', table, batched, fresh, assigned: new Set(assigned) };
}

/** A call on one row. What it assigns is kept until it is saved. */
export function callRow(machine: Machine, row: Row, call: Call): Value {
  const name = quiet(call.name);
  if (call.name.endsWith('=') && /^\w+=$/.test(call.name)) {
    row.assigned.add(call.name.slice(0, -1));
    return call.positional[0] ?? nil;
  }
  if (name === 'assign_attributes' || name === 'attributes=') {
    for (const column of columnsIn(call)) row.assigned.add(column);
    return unknown;
  }
  if (name === 'save') {
    const change = row.fresh ? 'insert' : 'update';
    recordChange(machine, row, { call, change, columns: [...row.assigned] });
    return unknown;
  }
  const change = rowChanges.get(name);
  if (change && !(onlyLoud.has(name) && !call.name.endsWith('!'))) {
    recordChange(machine, row, { call, change, columns: columnsIn(call) });
    return unknown;
  }
  if (/^create_\w+$/.test(name) && !bulkChanges.has(name)) {
    recordChange(machine, someRows(row), { call, change: 'insert', columns: columnsIn(call) });
    return unknown;
  }
  if (resent.has(name)) return callByName(machine, row, call);
  if (relations.has(name)) return callRows(machine, someRows(row), call);
  if (call.block) return viaBlock(machine, row, call);
  if (runsOwnCode(row, call)) callElsewhere(machine, call);
  return isPlural(machine, call) ? someRows(row) : unknown;
}

/** `row.try(:destroy)`. */
function callByName(machine: Machine, row: Row, call: Call): Value {
  const name = nameOf(call.positional[0]);
  if (name === null || resent.has(name)) return unknown;
  return callRow(machine, row, { ...call, name, positional: call.positional.slice(1) });
}

function someRows({ batched }: Row): Rows {
  return { kind: 'rows', table: null, batched, inBatches: false };
}

/** `row.tap { |it| … }`, `row.transaction { … }`, `row.with_lock { … }`. */
function viaBlock(machine: Machine, row: Row, call: Call): Value {
  if (call.block) runWrapped(machine, call.block, call.name === 'tap' || call.name === 'then' ? [row] : []);
  return call.name === 'tap' ? row : unknown;
}

/** `user.posts`: rows of a table that only the model tells. */
function isPlural(machine: Machine, call: Call): boolean {
  const plural = machine.inflector.pluralize(machine.inflector.singularize(call.name));
  return call.positional.length === 0 && call.name.length > 3 && plural === call.name;
}

interface RowChange {
  readonly call: Call;
  readonly change: Change;
  readonly columns: readonly string[];
}

function recordChange(machine: Machine, rows: Rows | Row, { call, change, columns }: RowChange): void {
  const effect = { kind: 'run-data-change', table: rows.table, change, columns, batched: rows.batched } as const;
  recordStatement(machine, effect, { at: call.at, conditional: call.conditional });
}
