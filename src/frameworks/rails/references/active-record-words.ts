/** The methods of Active Record by what they take and give. Read in the API of Rails 5.2 to 8.0. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** On a class or relation, and give a relation again. */
export const relationToRelation = words(`
  all where not rewhere order reorder in_order_of limit offset joins left_joins left_outer_joins includes preload
  eager_load references group regroup having select reselect distinct readonly lock none unscoped unscope from merge or
  and except only reverse_order extending with create_with strict_loading excluding without invert_where annotate
  optimizer_hints uniq_by_id load reload to_a entries reject filter sort sort_by compact uniq reverse find_all take_while
  drop_while shuffle page per paginate each each_with_index find_each in_batches find_in_batches lazy compact_blank
  records arel_table scoping for_page with_attached missing associated unscope_all presence sample_all flatten
`);

/** Relations whose rows may hold more than the table's columns. */
export const computing = words(
  'select reselect joins left_joins left_outer_joins from group merge with having eager_load references',
);

/** On a class or relation, and give one record. */
export const relationToRecord = words(`
  find find_by find_by! find_sole_by sole first first! second third fourth fifth last last! take take! find_or_create_by
  find_or_create_by! find_or_initialize_by create_or_find_by create_or_find_by! create create! new build first_or_create
  first_or_create! first_or_initialize detect sample min_by max_by instantiate
`);

/** On a record, and give it back. */
export const recordToRecord = words(
  'reload tap dup clone becomes becomes! presence itself decorate lock! then yield_self freeze',
);

/** Give the block each record in turn. */
export const eachRecord = words(`
  each each_with_index each_with_object find_each map flat_map collect filter_map select reject filter find_all detect
  sort_by min_by max_by group_by index_by index_with partition all? any? none? sum count find uniq each_entry reverse_each
  to_h sum_by take_while drop_while tally_by to_set one? each_cons collect_concat chunk_while max min cycle partition_by
`);

/** Give the block several records at once. */
export const eachBatch = words('find_in_batches in_batches each_slice in_groups_of');

/** Give the block the one record they make. */
export const makesRecord = words(
  'new build create create! find_or_create_by find_or_create_by! find_or_initialize_by first_or_create first_or_create! first_or_initialize create_or_find_by create_or_find_by! create_with',
);

/** Take conditions or values by column: `where(name: 1)`. */
export const keyedQueries = words(`
  where not rewhere find_by find_by! find_sole_by exists? having delete_by destroy_by find_or_create_by
  find_or_create_by! find_or_initialize_by create_or_find_by create_or_find_by! order reorder in_order_of
`);

/** Take values by attribute and write them. */
export const keyedWrites = words(`
  create create! new build update update! update_all update_columns update_attributes update_attributes!
  assign_attributes attributes= insert insert! upsert insert_all insert_all! upsert_all create_with first_or_create
  first_or_create! first_or_initialize update_counters with_defaults
`);

/** Take names of columns and read them. */
export const namedReads = words(`
  order reorder pluck pick select reselect group regroup sum average minimum maximum count calculate in_order_of
  distinct_on read_attribute _read_attribute [] attribute_changed? attribute_was attribute_present? ids_by
  saved_change_to_attribute? saved_change_to_attribute will_save_change_to_attribute? attribute_before_last_save
  attribute_in_database read_attribute_before_type_cast column_for_attribute type_for_attribute slice
  values_at async_pluck async_sum async_pick async_count
`);

/**
 * Of these a record gives nil, or what stands for nothing, for a name that its process never saw. Measured on Active
 * Record 6.1; the others all look the name up in the same set of attributes.
 */
export const nilReads = words(`
  [] read_attribute _read_attribute attribute_present? attribute_changed? attribute_was saved_change_to_attribute?
  saved_change_to_attribute will_save_change_to_attribute? attribute_before_last_save attribute_in_database
  read_attribute_before_type_cast column_for_attribute type_for_attribute
`);

/** Look the key of an association up in each record and load what it points to: no key, nothing to load. */
export const preloads = words('includes preload association includes_associations with_associations');

/** Take names of columns and write them. */
export const namedWrites = words(`
  update_attribute update_attribute! update_column increment increment! decrement decrement! toggle toggle! touch touch_all
  write_attribute _write_attribute []= increment_counter decrement_counter
`);

/** Of these only the first argument names a column. */
export const firstNames = words(`
  update_attribute update_attribute! update_column increment increment! decrement decrement! write_attribute
  _write_attribute []= increment_counter decrement_counter in_order_of
`);

/** Take names of associations. */
export const associationArguments = words(`
  joins left_joins left_outer_joins includes preload eager_load associated missing extract_associated
  includes_associations reset_counters with_associations association
`);

/** Instance methods among the above: a bare call in an instance method means the record itself. */
export const onRecords = words(`
  update update! update_columns update_attributes update_attributes! assign_attributes attributes= update_attribute
  update_attribute! update_column increment increment! decrement decrement! toggle toggle! touch write_attribute
  _write_attribute read_attribute _read_attribute attribute_changed? attribute_was attribute_present?
  saved_change_to_attribute? saved_change_to_attribute will_save_change_to_attribute? attribute_before_last_save
  attribute_in_database read_attribute_before_type_cast as_json to_json serializable_hash to_xml [] []= slice association values_at
`);

/** Call the method that their first argument names. */
export const sends = words('public_send send __send__');

/** A name that is no column fails at once in these: their keys and symbols are nothing but columns. */
export const columnsOnly = words(`
  where not rewhere find_by find_by! order reorder pluck pick update_all update_columns update_column
`);

/** The first argument may be a piece of SQL. */
export const sqlArguments = words(`
  where not having order reorder joins left_joins select reselect group from pluck pick find_by_sql count_by_sql
  update_all find_by exists? sum minimum maximum average count delete_all with lock
`);

/** Send SQL whoever the receiver is. */
export const sqlCalls = words(`
  execute exec_query exec_update exec_insert exec_delete select_all select_one select_value select_values select_rows
  select_hash find_by_sql count_by_sql sql sanitize_sql sanitize_sql_array sanitize_sql_for_conditions sanitize_sql_for_assignment
  exec_params insert_sql update_sql internal_exec_query query query_value query_values
`);

/** Any of these on the class sends a query, or reads the table's columns. */
export const queries: ReadonlySet<string> = new Set([
  ...relationToRelation,
  ...relationToRecord,
  ...words(`
    count exists? any? none? many? empty? one? ids sum size length destroy_all delete_all destroy delete destroy_by delete_by
    find_each find_in_batches in_batches pluck map each to_sql explain column_names columns columns_hash attribute_names
    reset_counters update_counters insert_all upsert_all connection_pool cache_key pick
  `),
]);
