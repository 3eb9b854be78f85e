import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readMysql } from '../../src/sql/mysql/read.ts';
import { placeIn, print } from './examples.ts';
import { mysqlExamples, pair, specPath } from './mysql-examples.ts';

type Flavour = Parameters<typeof readMysql>[2];

function read(text: string, flavour: Flavour = 'mysql') {
  return readMysql(text, placeIn(text), flavour);
}

const resultOf = ({ code, flavour }: { readonly code: string; readonly flavour: Flavour }) =>
  print(read(code, flavour));

if (process.env.BELLOWS_UPDATE === '1') {
  const examples = mysqlExamples();
  let next = 0;
  const text = readFileSync(specPath, 'utf8').replace(pair, (whole, heading?: string) => {
    const example = heading === undefined ? examples[next++] : undefined;
    return example ? whole.replace(/```text\n[\s\S]*$/, () => `\`\`\`text\n${resultOf(example)}\`\`\``) : whole;
  });
  writeFileSync(specPath, text);
}

describe('mysql.md', () => {
  const examples = mysqlExamples();

  it('pairs every sql block with what is read from it', () => {
    expect(examples.length).toBe(readFileSync(specPath, 'utf8').match(/^```sql/gm)?.length);
    expect(examples.length).toBeGreaterThan(35);
  });

  for (const [index, example] of examples.entries()) {
    it(`${index + 1}. ${example.title}`, () => {
      expect(resultOf(example)).toBe(example.expected);
    });
  }
});
