import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { applyAll } from '../../src/schema/apply.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { readSqlite } from '../../src/sql/sqlite/read.ts';
import { placeIn, print } from './examples.ts';

const path = new URL('sqlite.md', import.meta.url);
const pair = /^(?:## (.+)|```sql\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```)$/gm;

const read = (text: string) => readSqlite(text, placeIn(text));

if (process.env.BELLOWS_UPDATE === '1') {
  const updated = readFileSync(path, 'utf8').replace(pair, (whole, _heading?: string, code?: string) =>
    code === undefined ? whole : whole.replace(/```text\n[\s\S]*$/, () => `\`\`\`text\n${print(read(code))}\`\`\``),
  );
  writeFileSync(path, updated);
}

describe('sqlite.md', () => {
  let title = '';
  for (const [index, [, heading, code, expected]] of [...readFileSync(path, 'utf8').matchAll(pair)].entries()) {
    if (heading !== undefined) title = heading;
    else {
      it(`${index}. ${title}`, () => {
        expect(print(read(code ?? ''))).toBe(expected);
      });
    }
  }
});

describe('a table of SQLite that is built anew', () => {
  const rebuild = `CREATE TABLE new_a (id INTEGER PRIMARY KEY, b text);
    INSERT INTO new_a SELECT id, b FROM a; DROP TABLE a; ALTER TABLE new_a RENAME TO a;`;

  it('is compared with the schema before the text', () => {
    const before = applyAll(
      emptySchema,
      read('CREATE TABLE a (id INTEGER PRIMARY KEY, b int, c int);').flatMap(({ operations }) => operations),
    );
    const statements = readSqlite(rebuild, placeIn(rebuild), before);
    expect(statements.flatMap(({ operations }) => operations.map(({ kind }) => kind))).toEqual([
      'drop-column',
      'change-type',
    ]);
  });

  it('costs linear time, however often', { timeout: 5_000 }, () => {
    const text = `CREATE TABLE a (id INTEGER PRIMARY KEY, b int);${rebuild.repeat(5_000)}`;
    expect(read(text)).toHaveLength(20_001);
  });
});

describe('hostile SQL of SQLite', () => {
  const texts = ['/*', '[', '"', "'", '(', '{{', 'BEGIN ', '-', 'CREATE TABLE a (b int);', 'DROP TABLE a;', '\0'];

  it.each(texts)('is read in linear time: %j', { timeout: 5_000 }, (text) => {
    expect(Array.isArray(read(text.repeat(200_000 / text.length)))).toBe(true);
  });
});
