import { readFileSync } from 'node:fs';

import type { readMysql } from '../../src/sql/mysql/read.ts';

export const specPath = new URL('mysql.md', import.meta.url);

/** A `sql` block with what stands behind it, and the `text` block after it. */
export const pair = /^(?:## (.+)|```sql *([^\n]*)\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```)$/gm;

export interface MysqlExample {
  readonly title: string;
  readonly flavour: Parameters<typeof readMysql>[2];
  /** False: the server here refuses it. */
  readonly runs: boolean;
  readonly code: string;
  readonly expected: string;
}

export function mysqlExamples(): readonly MysqlExample[] {
  const examples: MysqlExample[] = [];
  let title = '';
  for (const [, heading, info = '', code = '', expected = ''] of readFileSync(specPath, 'utf8').matchAll(pair)) {
    if (heading !== undefined) {
      title = heading;
      continue;
    }
    const words = info.split(' ');
    const flavour = words.includes('mariadb') ? 'mariadb' : 'mysql';
    examples.push({ title, flavour, runs: !words.includes('unrun'), code, expected });
  }
  return examples;
}
