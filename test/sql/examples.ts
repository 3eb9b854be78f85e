import { readFileSync } from 'node:fs';

import type { Operation } from '../../src/schema/operation.ts';
import { placeIn as placeInFile } from '../../src/sql/lines.ts';
import type { Place, SqlStatement } from '../../src/sql/statement.ts';
import { printOperation } from '../frameworks/rails/print-operation.ts';

/** One `sql` block of a literate spec, with the `text` block after it and what its section set up. */
export interface Example {
  readonly title: string;
  readonly sql: string;
  readonly setup: string;
  /** Further words behind `sql`: what the example needs or lacks. */
  readonly marks: readonly string[];
  readonly expected: string;
}

/** A heading, a `sql setup` block, or a `sql` block with the `text` block that follows it. */
export const pair =
  /^(?:## (.+)|```sql setup\n([\s\S]*?)^```|```sql(?! setup) *(.*)\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```)$/gm;

export function examplesOf(text: string): readonly Example[] {
  const examples: Example[] = [];
  let [title, setup] = ['', ''];
  for (const [, heading, prepared, marks = '', sql = '', expected = ''] of text.matchAll(pair)) {
    if (heading !== undefined) [title, setup] = [heading, ''];
    else if (prepared !== undefined) setup = prepared;
    else examples.push({ title, sql, setup, marks: marks.split(' ').filter(Boolean), expected });
  }
  return examples;
}

export function readExamples(path: URL): readonly Example[] {
  return examplesOf(readFileSync(path, 'utf8'));
}

/** Places of a text that is a file of its own. */
export function placeIn(text: string, path = 'db/example.sql'): Place {
  return placeInFile(text, path);
}

/** One line for each effect and operation; nothing for a statement that has neither. */
export function print(statements: readonly SqlStatement[]): string {
  return statements
    .flatMap(linesOf)
    .map((line) => `${line}\n`)
    .join('');
}

function linesOf({ effect, operations, at }: SqlStatement): readonly string[] {
  const settings = effect?.kind === 'set' ? ` ${effect.name} = ${effect.value ?? 'DEFAULT'}` : '';
  return [...(effect ? [`${effect.kind}${settings} @${at.line}`] : []), ...operations.map(printOperation)];
}

export function operationsIn(statements: readonly SqlStatement[]): readonly Operation[] {
  return statements.flatMap(({ operations }) => operations);
}
