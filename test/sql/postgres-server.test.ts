import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { applyAll } from '../../src/schema/apply.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { readPostgres } from '../../src/sql/postgres/read.ts';
import { type Catalog, fromReader, fromServer } from './catalog.ts';
import { operationsIn, placeIn, readExamples } from './examples.ts';

/** What the examples leave behind on a real PostgreSQL: `DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres`. */
const url = process.env.DATABASE_URL;
const client = process.env.POSTGRES_CLIENT ?? 'psql';
const required = process.env.BELLOWS_REQUIRE_SERVICES === '1';
if (!url) console.warn('SKIPPED: SQL of PostgreSQL was not compared with a server, because DATABASE_URL is not set');

it.runIf(required)('has a server to compare with', () => {
  expect(url, 'DATABASE_URL must be set where BELLOWS_REQUIRE_SERVICES=1').toBeTruthy();
});

const database = `bellows_${randomBytes(6).toString('hex')}`;
const catalog = readFileSync(new URL('catalog.sql', import.meta.url), 'utf8');

/** Each example begins with nothing; a schema goes faster than a database. */
const emptied = `SET client_min_messages = warning;
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
END $$;
CREATE SCHEMA public;`;

/** Runs a text as psql does, each statement by itself, and stops at an error. */
function run(sql: string, name: string = database): string {
  const target = new URL(url ?? '');
  target.pathname = `/${name}`;
  const options = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', target.href];
  const { error, status, stdout, stderr } = spawnSync(client, options, { input: sql, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function maintain(sql: string): void {
  run(sql, new URL(url ?? '').pathname.slice(1) || 'postgres');
}

function read(schema: Schema, sql: string): Schema {
  return applyAll(schema, operationsIn(readPostgres(sql, placeIn(sql))));
}

const examples = readExamples(new URL('postgres.md', import.meta.url));

describe.runIf(url)('a real PostgreSQL', () => {
  const version = url ? Number(run('SHOW server_version_num', new URL(url).pathname.slice(1))) / 10_000 : 0;

  beforeAll(() => maintain(`CREATE DATABASE ${database}`));
  afterAll(() => maintain(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));

  const served = examples.filter(({ marks }) => !marks.includes('unserved'));
  for (const [index, { title, setup, sql, marks }] of served.entries()) {
    it.runIf(version >= (Number(marks[0]) || 0))(`agrees with ${index + 1}. ${title}`, () => {
      const lines = run(`${emptied}\n${setup}\n${sql}\n;\\o\n${catalog}`).trimEnd().split('\n');
      const there = JSON.parse(lines.slice(lines.findLastIndex((line) => line.startsWith('{'))).join('\n')) as Catalog;
      const schema = read(read(emptySchema, setup), sql);
      const server = fromServer(there);
      if (!marks.includes('maybe')) expect(fromReader(schema, server)).toEqual(server);
    });
  }
});
