import type { Effect } from './machine.ts';

export type Change = Extract<Effect, { readonly kind: 'run-data-change' }>['change'];

/** What a call on a model or a relation does to its rows. */
export const bulkChanges: ReadonlyMap<string, Change> = changes({
  update_all: 'update',
  update_counters: 'update',
  touch_all: 'update',
  increment_counter: 'update',
  decrement_counter: 'update',
  reset_counters: 'update',
  delete_all: 'delete',
  destroy_all: 'delete',
  delete_by: 'delete',
  destroy_by: 'delete',
  destroy: 'delete',
  delete: 'delete',
  update: 'update',
  update_each: 'update',
  insert: 'insert',
  insert_all: 'insert',
  upsert: 'insert',
  upsert_all: 'insert',
  create: 'insert',
  create_or_find_by: 'insert',
  find_or_create_by: 'insert',
  first_or_create: 'insert',
  import: 'insert',
  '<<': 'other',
  bulk_import: 'insert',
});

/** What a call on one row does to it. */
export const rowChanges: ReadonlyMap<string, Change> = changes({
  update: 'update',
  update_attributes: 'update',
  update_attribute: 'update',
  update_column: 'update',
  update_columns: 'update',
  increment: 'update',
  decrement: 'update',
  toggle: 'update',
  touch: 'update',
  destroy: 'delete',
  delete: 'delete',
});

/** Calls that only rows or relations know, so that what they are sent to is one, whatever it is. */
export const onlyRows: ReadonlySet<string> = new Set(
  `update_columns update_column update_attribute update_attributes update! save! destroy! create! increment! decrement! toggle!
  update_all delete_all destroy_all insert_all insert_all! upsert_all touch_all update_counters`.split(/\s+/),
);

/** Without `!` these change the object in memory only. */
export const onlyLoud: ReadonlySet<string> = new Set(['increment', 'decrement', 'toggle']);

export const batches: ReadonlySet<string> = new Set(['in_batches', 'find_in_batches', 'find_each', 'each_batch']);
export const oneRow: ReadonlySet<string> = new Set(
  'find find_by first last take new build first_or_initialize find_or_initialize_by sole find_sole_by second'.split(
    ' ',
  ),
);
export const turns: ReadonlySet<string> = new Set(
  'each each_record each_with_index map flat_map each_slice reverse_each find_each each_with_object filter_map'.split(
    ' ',
  ),
);
/** Calls whose result is no relation any more. */
export const answers: ReadonlySet<string> = new Set(
  `pluck ids count sum maximum minimum average exists? any? none? empty? size length connection columns column_names
  reset_column_information primary_key attribute_names to_sql table_exists? quoted_table_name respond_to? name pick
  column_for_attribute columns_hash logger model_name instance_method serialize attribute enum belongs_to has_many
  perform_later perform_async`.split(/\s+/),
);

/** Other calls on a model or relation that only ask, load or declare something. */
export const asking: ReadonlySet<string> = new Set(
  `where rewhere not or and all none order reorder limit offset joins left_joins left_outer_joins includes preload eager_load
  references select distinct group having from lock readonly merge unscope unscoped extending with scope default_scope
  reload to_a each_with_index belongs_to has_many has_one has_and_belongs_to_many validates store store_accessor include
  extend clear_cache! logger find_by_sql establish_connection subclasses descendants connected? lease release_connection
  clear_all_connections! clear_active_connections! load_schema! define_attribute_methods undefine_attribute_methods
  lock! readonly! valid? validate errors inspect table_name instance record_timestamps`.split(/\s+/),
);

export const quiet = (name: string) => name.replace(/!$/, '');

export const resent: ReadonlySet<string> = new Set(['try', 'send', 'public_send']);

/** What only a relation or a class takes: the row is one itself, as in a loop over classes. */
export const relations: ReadonlySet<string> = new Set(
  'where joins left_joins includes preload unscoped all find_each in_batches find_in_batches update_all delete_all'.split(
    ' ',
  ),
);

/** Ruby's methods have names of which an object of JavaScript has some of its own. */
function changes(words: Readonly<Record<string, Change>>): ReadonlyMap<string, Change> {
  return new Map(Object.entries(words));
}
