import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { readPostgres } from '../../src/sql/postgres/read.ts';
import { type Example, examplesOf, pair, placeIn, print } from './examples.ts';

const spec = new URL('postgres.md', import.meta.url);
let text = readFileSync(spec, 'utf8');
let examples = examplesOf(text);

function resultOf({ sql }: Example): string {
  return print(readPostgres(sql, placeIn(sql)));
}

if (process.env.BELLOWS_UPDATE === '1') {
  let next = 0;
  text = text.replace(pair, (whole, heading?: string, setup?: string) => {
    const example = heading === undefined && setup === undefined ? examples[next++] : undefined;
    return example ? whole.replace(/```text\n[\s\S]*$/, () => `\`\`\`text\n${resultOf(example)}\`\`\``) : whole;
  });
  writeFileSync(spec, text);
  examples = examplesOf(text);
}

describe('postgres.md', () => {
  it('pairs every sql block with what is read from it', () => {
    expect(examples.length).toBe(text.match(/^```sql(?! setup)/gm)?.length);
    expect(examples.length).toBeGreaterThan(40);
  });

  for (const [index, example] of examples.entries()) {
    it(`${index + 1}. ${example.title}`, () => {
      expect(resultOf(example)).toBe(example.expected);
    });
  }
});
