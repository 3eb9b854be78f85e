import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { judge } from '../../src/judge.ts';
import { planOf } from '../../src/plan/index.ts';
import type { Reading } from '../../src/reading.ts';
import { readingOf, silent } from '../reading.ts';

/** The generated statements on a real MySQL or MariaDB: `MYSQL_URL=mysql://root@127.0.0.1:3306`. */
const url = process.env.MYSQL_URL;
const client = process.env.MYSQL_CLIENT ?? 'mariadb';
const required = process.env.BELLOWS_REQUIRE_SERVICES === '1';
if (!url) console.warn('SKIPPED: the generated SQL was not run on a server, because MYSQL_URL is not set');

it.runIf(required)('has a server to run on', () => {
  expect(url, 'MYSQL_URL must be set where BELLOWS_REQUIRE_SERVICES=1').toBeTruthy();
});

const database = `bellows_${randomBytes(6).toString('hex')}`;

interface Answer {
  readonly out: string;
  readonly errors: string;
}

/** Runs statements in one session and goes on after an error, as `ensure` does. */
function session(statements: readonly string[], use: string | null = database): Answer {
  const { hostname, port, username, password } = new URL(url ?? '');
  const where = [`--host=${hostname}`, `--port=${port || '3306'}`, `--user=${decodeURIComponent(username)}`];
  const options = ['--no-defaults', '--protocol=TCP', ...where, '--batch', '--skip-column-names', '--force'];
  const { error, stdout, stderr } = spawnSync(client, [...options, ...(use === null ? [] : [use])], {
    input: statements.map((statement) => `${statement};\n`).join(''),
    env: { ...process.env, MYSQL_PWD: decodeURIComponent(password) },
    encoding: 'utf8',
  });
  if (error) throw error;
  return { out: stdout.trim(), errors: stderr.trim() };
}

const migration = generated();
const executed = [...migration.matchAll(/execute (?:'(.+)'|<<~SQL\.squish\n\s*(.+)\n)/g)].map(
  (each) => each[1] ?? each[2] ?? '',
);
const counting = /select_value\(<<~SQL\.squish\)\.to_i\n\s*(.+)\n/.exec(migration)?.[1] ?? '';
const alter = executed.find((statement) => statement.startsWith('ALTER')) ?? '';

function generated(): string {
  const path = 'db/migrate/20260201000000_add_key.rb';
  const reading = readingOf({
    before: {
      'config/application.rb': 'module Forum\n  class Application < Rails::Application\n  end\nend\n',
      'config/database.yml': 'production:\n  adapter: mysql2\n',
    },
    after: {
      [path]: `class AddKey < ActiveRecord::Migration[7.0]
  def change
    add_foreign_key :comments, :users, column: :moderator_id, name: 'moderators', on_delete: :nullify
  end
end
`,
    },
  });
  const again = (each: Reading) => judge(each, silent);
  return planOf(reading, again(reading), again)?.phases[0]?.generated[0]?.content ?? '';
}

describe.runIf(url)('the generated foreign key on a server', () => {
  beforeEach(() => {
    session([`DROP DATABASE IF EXISTS ${database}`, `CREATE DATABASE ${database}`], null);
    const digits =
      '(SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6)';
    const { errors } = session([
      'CREATE TABLE users (id bigint PRIMARY KEY AUTO_INCREMENT)',
      'CREATE TABLE comments (id bigint PRIMARY KEY AUTO_INCREMENT, moderator_id bigint)',
      'INSERT INTO users VALUES (1), (2), (3)',
      `INSERT INTO comments (moderator_id) SELECT NULLIF(a.d % 4, 0) FROM ${digits} a, ${digits} b, ${digits} c, ${digits} d`,
    ]);
    expect(errors).toBe('');
  });

  afterAll(() => {
    session([`DROP DATABASE IF EXISTS ${database}`], null);
  });

  it('is made of the statements that were read out of it', () => {
    expect(executed).toHaveLength(4);
    expect(counting).toMatch(/^SELECT COUNT/);
  });

  it('is added without a copy, and the checks are on again', () => {
    const { out, errors } = session([counting, ...executed, 'SELECT @@SESSION.foreign_key_checks']);
    expect({ out, errors }).toEqual({ out: '0\n1', errors: '' });
    expect(session(['INSERT INTO comments (moderator_id) VALUES (99)']).errors).toContain(
      'foreign key constraint fails',
    );
    const kept =
      "SELECT constraint_name FROM information_schema.table_constraints WHERE table_schema = DATABASE() AND table_name = 'comments' AND constraint_name = 'moderators'";
    expect(session([kept]).out).toBe('moderators');
  });

  it('could not be added without a copy while the checks are on', () => {
    expect(session([alter]).errors).toContain('ERROR 1846');
  });

  it('leaves the checks as they were also when it fails', () => {
    session(executed);
    const failing = [...executed, 'SELECT @@SESSION.foreign_key_checks'];
    const on = session(failing);
    expect(on.errors).toContain('Duplicate');
    expect(on.out).toBe('1');
    expect(session(['SET SESSION foreign_key_checks = 0', ...failing]).out).toBe('0');
  });

  it('is stopped by a row that leads nowhere', () => {
    expect(session(['INSERT INTO comments (moderator_id) VALUES (99), (100)', counting]).out).toBe('2');
    expect(session(['DROP TABLE users', counting]).errors).toContain("doesn't exist");
    expect(migration).toMatch(/raise ".+" if orphans\.positive\?\n\n\s+execute/);
  });
});
