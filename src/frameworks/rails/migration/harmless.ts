/** Calls that do nothing to the database, or only ask it. */
export const harmless: ReadonlySet<string> = new Set(
  `say puts p pp print printf warn sleep require require_relative include extend prepend format sprintf rand Integer String
  Array Float Rational Hash catch throw announce write logger binding caller block_given? freeze_time t l gets exit exit!
  tables columns indexes foreign_keys primary_key primary_keys views data_sources data_source_exists table_comment
  check_constraints unique_constraints exclusion_constraints current_database current_schema native_database_types
  column_for schema_cache clear_cache! reset_column_information index_name foreign_key_name proper_table_name
  table_name_options copy version name verbose attr_reader attr_accessor attr_writer private public protected
  disable_ddl_transaction! disable_statement_timeout begin_db_transaction commit_db_transaction rollback_db_transaction
  execute_and_free exec_rollback_db_transaction transaction_open open_transactions statement_timeout set_statement_timeout
  reconnect! disconnect! verify! active config pool select_all select_one select_rows select_value select_values
  exec_explain explain extensions enum_types adapter supports_index_sort_order max_identifier_length index_name_length
  database_version get_database_version mariadb postgresql_version server_version postgresql quoted_date type_to_sql
  quote_string quote_default_expression lookup_cast_type sanitize_sql sanitize_sql_array nil to_s inspect object_id
  instance_variable_get instance_variable_set instance_variable_defined yield_self define_method __method__ __dir__
  announce_with_time stdout stderr safe_by_default safe_wrapper`.split(/\s+/),
);
