import type { SourceFile } from '../../reading.ts';
import { applyAll } from '../../schema/apply.ts';
import type { Database } from '../../schema/migration.ts';
import { emptySchema } from '../../schema/schema.ts';
import { placeIn } from '../../sql/lines.ts';
import { newSqlSession, readSql } from '../../sql/read.ts';
import type { ReadDump } from './dump.ts';

/**
 * Reads a `structure.sql`, which the database's own program wrote (`pg_dump`, `mysqldump`, `sqlite3 .schema`) and Rails
 * finished with the versions that ran. The same text is read once: every phase of a plan starts from it.
 */
export function readStructure({ path, text }: SourceFile, database: Database): ReadDump {
  const key = `${database} ${path}\n${text}`;
  const known = latest.find((each) => each.key === key)?.dump;
  if (known) return known;
  const dump = readAnew({ path, text }, database);
  latest.unshift({ key, dump });
  latest.length = Math.min(latest.length, mostKept);
  return dump;
}

/** What runs, the target and the head, of two databases. */
const mostKept = 6;
const latest: { readonly key: string; readonly dump: ReadDump }[] = [];

function readAnew({ path, text }: SourceFile, database: Database): ReadDump {
  const statements = readSql({ text, place: placeIn(text, path), database }, newSqlSession());
  const operations = statements.flatMap((statement) => statement.operations);
  const schema = applyAll(emptySchema, operations);
  if (schema.tables.size === 0) return { ok: false, line: 1, reason: `no table of ${database} is created in it` };
  const versions = versionsIn(text);
  const version = versions.size === 0 ? null : [...versions].reduce(newer);
  return { ok: true, schema, version, versions };
}

const inserts = /INSERT INTO\s{1,4}(?:["`]?\w{1,64}["`]?\.)?["`]?schema_migrations["`]?\s[^;']{0,60}([^;]*)/gi;

/** The versions that Rails lists, without leading zeros. */
function versionsIn(text: string): ReadonlySet<string> {
  const versions = new Set<string>();
  for (const [, values = ''] of text.matchAll(inserts)) {
    for (const [, digits = ''] of values.matchAll(/'0*(\d+)'/g)) versions.add(digits);
  }
  return versions;
}

function newer(one: string, other: string): string {
  return other.length > one.length || (other.length === one.length && other > one) ? other : one;
}
