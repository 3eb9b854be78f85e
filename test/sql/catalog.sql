SELECT json_build_object(
  'tables', (
    SELECT coalesce(json_agg(json_build_object(
      'schema', n.nspname,
      'name', c.relname,
      'columns', (
        SELECT coalesce(json_agg(json_build_object(
          'name', a.attname,
          'type', format_type(a.atttypid, a.atttypmod),
          'nullable', NOT a.attnotnull,
          'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
          'generated', CASE WHEN a.attidentity <> '' THEN 'identity' WHEN a.attgenerated = 's' THEN 'stored' END
        ) ORDER BY a.attnum), '[]')
        FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      ),
      'primaryKey', (
        SELECT coalesce(json_agg(a.attname ORDER BY k.place), '[]')
        FROM pg_constraint p, unnest(p.conkey) WITH ORDINALITY k (attnum, place), pg_attribute a
        WHERE p.conrelid = c.oid AND p.contype = 'p' AND a.attrelid = c.oid AND a.attnum = k.attnum
      ),
      'indexes', (
        SELECT coalesce(json_agg(json_build_object(
          'name', i.relname,
          'unique', x.indisunique,
          'where', x.indpred IS NOT NULL,
          'columns', (
            SELECT json_agg(pg_get_indexdef(x.indexrelid, place, true) ORDER BY place)
            FROM generate_series(1, x.indnkeyatts) AS place
          )
        ) ORDER BY i.relname), '[]')
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
        WHERE x.indrelid = c.oid AND NOT x.indisprimary AND NOT x.indisexclusion
      ),
      'foreignKeys', (
        SELECT coalesce(json_agg(json_build_object(
          'name', f.conname,
          'columns', (
            SELECT json_agg(a.attname ORDER BY place) FROM unnest(f.conkey) WITH ORDINALITY k (attnum, place)
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum
          ),
          'toTable', f.confrelid::regclass::text,
          'toColumns', (
            SELECT json_agg(a.attname ORDER BY place) FROM unnest(f.confkey) WITH ORDINALITY k (attnum, place)
            JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.attnum
          ),
          'onDelete', f.confdeltype,
          'onUpdate', f.confupdtype
        ) ORDER BY f.conname), '[]')
        FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'
      ),
      'checks', (
        SELECT coalesce(json_agg(k.conname ORDER BY k.conname), '[]')
        FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c'
      )
    ) ORDER BY n.nspname, c.relname), '[]')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema)'
  ),
  'enums', (
    SELECT coalesce(json_object_agg(t.typname, (
      SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid
    )), '{}')
    FROM pg_type t WHERE t.typtype = 'e'
  )
);
