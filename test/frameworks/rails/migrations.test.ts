import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readMigration } from '../../../src/frameworks/rails/migrations.ts';
import type { Database } from '../../../src/schema/migration.ts';
import { printOperation } from './print-operation.ts';

const spec = new URL('migrations.md', import.meta.url);

interface Example {
  readonly title: string;
  readonly database: Database;
  readonly version: string;
  readonly code: string;
  readonly expected: string;
}

/** A `ruby` block with an optional database and API version, and the `text` block after it. */
const pair = /^(?:## (.+)|```ruby *(\S+)? *(\S+)?\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```)$/gm;

function examplesOf(text: string): readonly Example[] {
  const examples: Example[] = [];
  let title = '';
  for (const [, heading, database = 'postgres', version = '7.0', code, expected = ''] of text.matchAll(pair)) {
    if (heading !== undefined) title = heading;
    else examples.push({ title, database: database as Database, version, code: code ?? '', expected });
  }
  return examples;
}

/** A snippet stands for the body of `change`; a class or more than that stands for itself. */
function migrationOf({ code, version }: Example): string {
  if (/^(class|module|def) /m.test(code)) return code;
  return `class Example < ActiveRecord::Migration[${version}]; def change; ${code}end; end\n`;
}

function resultOf(example: Example): string {
  const file = { path: 'db/migrate/20261101120000_example.rb', text: migrationOf(example) };
  const { transaction, operations } = readMigration(file, { database: example.database });
  const plain = example.database === 'postgres' || example.database === 'sqlite';
  const lines = operations.map(printOperation);
  return [...(plain === transaction ? [] : ['(no transaction)']), ...lines].map((line) => `${line}\n`).join('');
}

let text = readFileSync(spec, 'utf8');
let examples = examplesOf(text);

if (process.env.BELLOWS_UPDATE === '1') {
  let next = 0;
  text = text.replace(pair, (whole, heading?: string) => {
    const example = heading === undefined ? examples[next++] : undefined;
    return example ? whole.replace(/```text\n[\s\S]*$/, () => `\`\`\`text\n${resultOf(example)}\`\`\``) : whole;
  });
  writeFileSync(spec, text);
  examples = examplesOf(text);
}

describe('migrations.md', () => {
  it('pairs every ruby block with what is read from it', () => {
    expect(examples.length).toBe(text.match(/^```ruby/gm)?.length);
    expect(examples.length).toBeGreaterThan(55);
  });

  for (const [index, example] of examples.entries()) {
    it(`${index + 1}. ${example.title}`, () => {
      expect(resultOf(example)).toBe(example.expected);
    });
  }
});
