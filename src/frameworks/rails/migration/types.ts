/**
 * The column types that a table block offers as methods: Active Record's own for its four databases, PostGIS's and
 * those of common gems. Another method is no column as far as anyone can tell from here.
 */
export const columnTypes: ReadonlySet<string> = new Set(
  `string text integer bigint float decimal numeric datetime timestamp timestamptz time date binary blob boolean json virtual
  primary_key enum char varchar double real bit bit_varying blob tinyblob mediumblob longblob tinytext mediumtext longtext
  unsigned_integer unsigned_bigint unsigned_float unsigned_decimal tinyint smallint mediumint year set
  serial bigserial smallserial oid jsonb xml uuid inet cidr macaddr hstore ltree citext money interval tsvector tsquery
  box circle line lseg path point polygon daterange numrange tsrange tstzrange int4range int8range
  geometry geography st_point st_polygon line_string multi_line_string multi_point multi_polygon geometry_collection
  spatial vector halfvec sparsevec bigint_unsigned ulid cube`
    .trim()
    .split(/\s+/),
);
