import { describe, expect, it } from 'vitest';

import { readMysql } from '../../src/sql/mysql/read.ts';
import type { SqlStatement } from '../../src/sql/statement.ts';
import { placeIn } from './examples.ts';

function read(text: string): readonly SqlStatement[] {
  return readMysql(text, placeIn(text), 'mysql');
}

function hides(statements: readonly SqlStatement[]): boolean {
  return statements.some(({ operations }) =>
    operations.some((operation) => operation.kind === 'opaque' && operation.hidesSchemaChange),
  );
}

/** No single one may take longer; measured ones take less than half a second. */
const limit = 5_000;

const many = 200_000;

/** Texts that must not be half read: each ends in an operation that says so. */
const unreadable: Readonly<Record<string, string>> = {
  '200 KB of comments that open': '/*'.repeat(many / 2),
  '200 KB of executable comments that open': '/*!'.repeat(many / 3),
  '200 KB of comments for another version that open': '/*!999999 '.repeat(many / 10),
  'a string that is never closed': `ALTER TABLE a ADD b int DEFAULT '${'x'.repeat(many)}`,
  '200 KB of quotes': `${"'".repeat(many)}'`,
  'a backslash before the end': "SELECT 'a\\",
  'a name that is never closed': '`'.repeat(many + 1),
  'NUL bytes': 'ALTER TABLE a ADD b int\0;\0DROP TABLE c',
  '30 KB of brackets': `CREATE TABLE a ${'('.repeat(30_000)}`,
  '30 KB of brackets in a clause': `ALTER TABLE a ADD CHECK ${'('.repeat(30_000)}`,
  '200 KB of braces of a template': `ALTER TABLE a ${'{{'.repeat(many / 2)}`,
  'bodies that are never closed': 'CREATE PROCEDURE a() BEGIN SELECT 1; '.repeat(many / 40),
  'blocks in blocks that are never closed': `CREATE PROCEDURE a() ${'BEGIN '.repeat(many / 6)}`,
  'procedures that double': `${doubling(24)}CALL p0();`,
  'a prepared text that doubles': `SET @a = 'DROP TABLE a; ';${'SET @a = CONCAT(@a, @a);'.repeat(60)}PREPARE a FROM @a;EXECUTE a;`,
  'a choice of texts that doubles': `SET @a = 'DROP TABLE a';${'SET @a = IF(1, @a, @a);'.repeat(60)}PREPARE a FROM @a;EXECUTE a;`,
  'choices in choices': `SET @a = ${'IF(1, '.repeat(20_000)}'DROP TABLE a'${", 'a')".repeat(20_000)};PREPARE a FROM @a;EXECUTE a;`,
  'delimiters on one line': `SELECT 1;${'DELIMITER;'.repeat(many / 10)}`,
  'words that are members of every object': 'constructor; __proto__ a; toString b;',
  'an ALTER of such words': 'ALTER TABLE a constructor b, __proto__, hasOwnProperty c',
};

function doubling(depth: number): string {
  const procedures = Array.from(
    { length: depth },
    (_, level) => `CREATE PROCEDURE p${level}() BEGIN CALL p${level + 1}(); CALL p${level + 1}(); END;\n`,
  );
  return `${procedures.join('')}CREATE PROCEDURE p${depth}() BEGIN DROP TABLE a; END;\n`;
}

/** Texts that are read to their end, however long. */
const long: Readonly<Record<string, string>> = {
  'brackets that are closed': `CREATE TABLE a (b int CHECK ${'('.repeat(15_000)}1${')'.repeat(15_000)}, c int)`,
  'a long list of values': `INSERT INTO a VALUES ${'(1, "x"),'.repeat(many / 9)}(1, "x")`,
  'a long update': `UPDATE a SET ${'b = 1,'.repeat(many / 6)} c = 1`,
  'a wide enum': `CREATE TABLE a (b enum(${"'x',".repeat(many / 4)}'y'))`,
  'keys of one column': `CREATE TABLE a (b int${', KEY (b)'.repeat(many / 9)})`,
  'dashes and hashes': `${'-- a\n# b\n'.repeat(many / 9)}SELECT 1`,
  'delimiters on many lines': `${'DELIMITER //\nDELIMITER ;\n'.repeat(many / 25)}SELECT 1`,
  'cases in cases': `CREATE TRIGGER a BEFORE INSERT ON b FOR EACH ROW SET NEW.c = ${'CASE WHEN 1 THEN '.repeat(10_000)}1${' END'.repeat(10_000)}`,
};

describe('hostile SQL', () => {
  for (const [title, text] of Object.entries(unreadable)) {
    it(`is said to be unread: ${title}`, { timeout: limit }, () => {
      expect(hides(read(text))).toBe(true);
    });
  }

  for (const [title, text] of Object.entries(long)) {
    it(`is read where it is only long: ${title}`, { timeout: limit }, () => {
      const statements = read(text);
      expect(statements.length).toBeGreaterThan(0);
      expect(hides(statements)).toBe(false);
    });
  }

  it('reads every one of 100,000 statements on one line', { timeout: limit }, () => {
    const statements = read('ALTER TABLE a ADD b int;'.repeat(100_000));
    expect(statements).toHaveLength(100_000);
    expect(statements.at(-1)?.operations.map(({ kind, statement }) => [kind, statement])).toEqual([
      ['add-column', 99_999],
    ]);
  });

  it('quotes no more than a few words of it, on one line', () => {
    const [statement] = read(`ALTER TABLE a FROB ${'`x`\n\u0007'.repeat(many / 4)}`);
    const [operation] = statement?.operations ?? [];
    expect(operation?.kind === 'opaque' && operation.reason).toBe(
      'the clause `FROB x x x x x x x x x x x x x x x…` is not known',
    );
  });
});

/** Kinds of statements as a dump and its migrations mix them. */
const mixed = [
  'CREATE TABLE `t%` (`id` bigint unsigned NOT NULL AUTO_INCREMENT, `a` varchar(20) DEFAULT "x;y", PRIMARY KEY (`id`), KEY `by_a` (`a`)) ENGINE=InnoDB;',
  'ALTER TABLE t% ADD COLUMN b int NOT NULL DEFAULT 0 AFTER a, ADD INDEX (b), ALGORITHM=INPLACE, LOCK=NONE; -- why',
  "INSERT INTO t% (a, b) VALUES ('it''s', 1), ('two', 2);",
  '/*!40014 SET FOREIGN_KEY_CHECKS=0 */;',
  'UPDATE t% SET b = IF(a IS NULL, 1, 2) WHERE id < 100;',
  'CREATE TRIGGER g% BEFORE INSERT ON t% FOR EACH ROW BEGIN SET NEW.b = 1; SET NEW.a = 2; END;',
  'RENAME TABLE t% TO u%; DROP TABLE u%;',
];

function script(statements: number): string {
  const lines = Array.from({ length: statements }, (_, n) => mixed[n % mixed.length]?.replaceAll('%', String(n)));
  return `${lines.join('\n')}\n`;
}

describe('the time to read', () => {
  it('grows with the statements, from 1,000 to 100,000', { timeout: 60_000 }, () => {
    const seconds = (text: string) => {
      const place = placeIn(text);
      const start = process.cpuUsage();
      readMysql(text, place, 'mysql');
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    };
    const [small, large] = [script(1_000), script(100_000)];
    for (let warm = 0; warm < 10; warm++) seconds(small);
    const one = Math.max(0.005, Math.min(...Array.from({ length: 10 }, () => seconds(small))));
    // A hundred times the text; four times as much again for a garbage collector that has more to do.
    expect(seconds(large)).toBeLessThan(one * 100 * 4);
  });
});
