import { describe, expect, it } from 'vitest';

import type { Operation } from '../../src/schema/operation.ts';
import { readPostgres } from '../../src/sql/postgres/read.ts';
import { operationsIn, placeIn } from './examples.ts';

function read(text: string): readonly Operation[] {
  return operationsIn(readPostgres(text, placeIn(text)));
}

/** No single one may take longer; measured ones take less than a second. */
const limit = 10_000;

const add = 'ALTER TABLE t ADD COLUMN c int;';

/** What must be said to be unread, though it may change the schema. */
const unreadable: Readonly<Record<string, string>> = {
  '200 KB of comments that begin': '/*'.repeat(100_000),
  'comments in a block that never end': `DO $$ BEGIN ${'/*'.repeat(100_000)} $$;`,
  'a string that never ends': `${add} INSERT INTO t VALUES ('${'x'.repeat(200_000)}; ${add}`,
  'dollar quotes that never end': `${add} ${'DO $a$ $b$ '.repeat(20_001)}`,
  '30 KB of brackets': `ALTER TABLE t ADD CHECK ${'('.repeat(30_000)}`,
  'brackets that are closed': `ALTER TABLE t ADD CHECK ${'('.repeat(3_000)}true${')'.repeat(3_000)};`,
  'a long chain of sums': `ALTER TABLE t ALTER c SET DEFAULT 1${'+1'.repeat(30_000)};`,
  'a long chain of casts': `ALTER TABLE t ALTER c SET DEFAULT 1${'::int'.repeat(30_000)};`,
  'an endless operator': `ALTER TABLE t ALTER c SET DEFAULT 1 ${'+-'.repeat(40_000)}1;`,
  'blocks in blocks': `DO $$ ${'BEGIN '.repeat(2_000)}NULL;${' END;'.repeat(2_000)} $$;`,
  'conditions in conditions': `DO $$ BEGIN ${'IF true THEN '.repeat(2_000)}NULL;${' END IF;'.repeat(2_000)} END $$;`,
  'a function that calls itself': "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SELECT f()'; SELECT f();",
  'functions that double': doubling(30),
  'NUL bytes': '\0'.repeat(100_000),
  'a NUL byte in a statement': `ALTER TABLE t ADD COLUMN "a\0b" int; ${add}`,
  'a template': '{{ x }}'.repeat(30_000),
  'templates that never end': '{{'.repeat(100_000),
  'a body that never ends': 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC; '.repeat(5_000),
};

function doubling(depth: number): string {
  const functions = Array.from(
    { length: depth },
    (_, level) =>
      `CREATE FUNCTION f${level}() RETURNS void LANGUAGE sql AS 'SELECT f${level + 1}(); SELECT f${level + 1}()';`,
  );
  return `${functions.join('\n')}\nCREATE FUNCTION f${depth}() RETURNS void LANGUAGE sql AS 'DELETE FROM t'; SELECT f0();`;
}

/** What is read to its end, though it is long: how often the statement that it ends with is met. */
const readable: Readonly<Record<string, readonly [text: string, times: number]>> = {
  '100,000 statements on one line': [add.repeat(100_000), 100_000],
  '20,000 clauses of one statement': [`ALTER TABLE t ${'ADD c int, '.repeat(19_999)}ADD c int`, 20_000],
  '100,000 comments': [`${'-- x\n/* y; */'.repeat(100_000)}${add}`, 1],
  'comments in comments': [`${'/*'.repeat(50_000)}${'*/'.repeat(50_000)}${add}`, 1],
  '200,000 empty statements': [`${';'.repeat(200_000)}${add}`, 1],
  'every second statement wrong': [`ALTER TABEL t;${add}`.repeat(10_000), 10_000],
  'a NUL byte in every second': [`SELECT '\0';${add}`.repeat(10_000), 10_000],
  'a byte order mark': [`\uFEFF${add}`, 1],
  'halves of surrogates': [`SELECT '\ud800';${add}`.repeat(10_000), 10_000],
  'a dump with data': [`COPY t FROM stdin;\n${"1\tit's; /* DROP TABLE t;\n".repeat(50_000)}\\.\n${add}`, 1],
  'COPY without data': [`${'COPY t FROM stdin;\n'.repeat(10_000)}${add}`, 1],
  'quotes in quotes': [`SELECT '${"''".repeat(100_000)}', E'${"\\'".repeat(100_000)}';${add}`, 1],
  '10,000 blocks': [`DO $$ BEGIN ${add} END $$;`.repeat(5_000), 5_000],
  '10,000 statements of a block': [`DO $$ BEGIN\n${`${add}\n`.repeat(10_000)}END $$;`, 10_000],
  'a statement that overflows the parser, over and over': [`SELECT 1${'+1'.repeat(9_000)};${add}`.repeat(40), 40],
};

describe('a hostile SQL text', () => {
  for (const [title, text] of Object.entries(unreadable)) {
    it(`is said to be unread: ${title}`, { timeout: limit }, () => {
      expect(read(text).some((operation) => operation.kind === 'opaque' && operation.hidesSchemaChange)).toBe(true);
    });
  }

  for (const [title, [text, times]] of Object.entries(readable)) {
    it(`is read to its end: ${title}`, { timeout: limit }, () => {
      expect(read(text).filter(({ kind }) => kind === 'add-column').length).toBe(times);
    });
  }
});

/** Statements whose reading looks at what was read before. */
const growing: Readonly<Record<string, (size: number) => string>> = {
  'columns with constraints': (size) =>
    `CREATE TABLE t (${"c text DEFAULT 'x' || 'y' CHECK (c > 'a') UNIQUE REFERENCES u,".repeat(size)} d int)`,
  'indexes without names': (size) => 'CREATE INDEX ON t (a, lower(b)) WHERE a > 0;'.repeat(size),
  'statements of one table': (size) => 'CREATE TABLE t (a int CHECK (a > 0), b int UNIQUE); DROP TABLE t;'.repeat(size),
  'letters of two bytes': (size) => "ALTER TABLE é ADD COLUMN 💥 text DEFAULT 'ö' || 'ä';".repeat(size),
  'calls of a function': (size) =>
    `CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM t';${'SELECT f();'.repeat(size)}`,
};

describe('the time that reading takes', () => {
  for (const [title, text] of Object.entries(growing)) {
    it(`grows with the text: ${title}`, { timeout: 60_000 }, () => {
      const small = text(500);
      const large = text(8_000);
      const once = Math.min(...[0, 1, 2].map(() => secondsFor(small)));
      // 16 times the text; what is quadratic takes 256 times as long. The rest is room for a busy machine.
      expect(secondsFor(large)).toBeLessThan(Math.max(once * 100, 2));
    });
  }
});

function secondsFor(text: string): number {
  const start = performance.now();
  read(text);
  return (performance.now() - start) / 1000;
}

describe('places', () => {
  it('are those of each clause, in UTF-16 units', () => {
    const text =
      '-- é💥\nALTER TABLE "é💥" ADD COLUMN a text DEFAULT \'💥\', /* 💥, */ DROP COLUMN b;\n/*💥*/ DROP TABLE x, y;';
    const lines = text.split('\n');
    const words = read(text).map(({ at }) => (lines[at.line - 1] ?? '').slice(at.column - 1).split(/[ ,;]/)[0]);
    expect(words).toEqual(['ADD', 'DROP', 'DROP', 'y']);
  });

  it('of what a block runs are those in its body, where that stands as it is', () => {
    const text = "DO $x$\nBEGIN\n  /* é */ ALTER TABLE é ADD a int, ADD b int;\n  EXECUTE 'DROP TABLE x';\nEND $x$;";
    expect(read(text).map(({ at }) => `${at.line}:${at.column}`)).toEqual(['3:25', '3:36', '4:11']);
    expect(
      read(text.replaceAll('$x$', "'").replace("'DROP TABLE x'", "''DROP TABLE x''")).map(({ at }) => at.line),
    ).toEqual([1, 1, 1]);
  });
});
