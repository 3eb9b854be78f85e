import { quiet } from './data-words.ts';
import { nameOf } from './known.ts';
import type { Call, Value } from './value.ts';

/** The columns that a call names: its keywords, the keys of its hashes, a name, the left sides of an SQL assignment. */
export function columnsIn(call: Call): readonly string[] {
  const columns = new Set([...call.options.keys()].filter((name) => !settings.has(name)));
  for (const value of call.positional) {
    for (const name of columnsOf(value, call.name)) columns.add(name);
  }
  return [...columns];
}

/** What `upsert_all` and its like take beside the rows. */
const settings: ReadonlySet<string> = new Set([
  'unique_by',
  'returning',
  'on_duplicate',
  'update_only',
  'record_timestamps',
]);

function columnsOf(value: Value, method: string): readonly string[] {
  switch (value.kind) {
    case 'hash':
      return value.entries.flatMap(([key]) => nameOf(key) ?? []);
    case 'list':
      return method === 'update_all'
        ? value.items.slice(0, 1).flatMap((item) => columnsOf(item, method))
        : rowsIn(value.items);
    case 'template':
      return method === 'update_all' ? assignedIn(value.text) : [];
    case 'text':
      if (method === 'update_all') return assignedIn(value.text);
      return namesColumn.has(quiet(method)) ? [value.text] : [];
    default:
      return [];
  }
}

const namesColumn: ReadonlySet<string> = new Set(
  'update_column update_attribute increment decrement toggle touch increment_counter decrement_counter touch_all'.split(
    ' ',
  ),
);

/** `insert_all([{ name: 'a' }])`. */
function rowsIn(items: readonly Value[]): readonly string[] {
  return items.flatMap((item) => (item.kind === 'hash' ? item.entries.flatMap(([key]) => nameOf(key) ?? []) : []));
}

/** The left sides in `name = 'x', "users"."age" = age + 1`. */
function assignedIn(sql: string): readonly string[] {
  const first = /^\s*[`"\w.]+\s*=/.exec(sql) ? sql : '';
  return first.split(',').flatMap((part) => /^\s*(?:[`"\w]+\.)?[`"]?(\w+)[`"]?\s*=(?!=)/.exec(part)?.[1] ?? []);
}
