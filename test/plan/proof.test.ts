import { expect, it } from 'vitest';

import { proofOf } from '../../src/plan/proof.ts';
import type { Operation } from '../../src/schema/operation.ts';

const step = { at: { path: '', line: 1, column: 1 }, statement: 0, conditional: false };

function add(table: string, name: string): Operation {
  const column = { name, type: null, nullable: true, default: null, generated: null };
  return { ...step, kind: 'add-column', table, column };
}

it('asks for columns in the words of each database', () => {
  const operations = [add('comments', 'moderated_at'), add('comments', 'moderator_id')];
  const asked = (schema: string) =>
    `\`SELECT column_name FROM information_schema.columns WHERE table_schema = ${schema} AND table_name = 'comments' AND column_name IN ('moderated_at', 'moderator_id');\` gives 2 rows`;
  expect(proofOf(operations, 'mariadb')).toBe(asked('DATABASE()'));
  expect(proofOf(operations, 'mysql')).toBe(asked('DATABASE()'));
  expect(proofOf(operations, 'postgres')).toBe(asked('current_schema()'));
  expect(proofOf(operations, 'sqlite')).toBe('');
});

it('asks for each table of several, and keeps a hostile name a string', () => {
  expect(proofOf([add("a'b", 'x'), add('c', 'y')], 'postgres')).toBe(
    "`SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND ((table_name = 'a''b' AND column_name IN ('x')) OR (table_name = 'c' AND column_name IN ('y')));` gives 2 rows",
  );
});

it('asks for what must be gone only where nothing was added', () => {
  const drop: Operation = { ...step, kind: 'drop-column', table: 'users', column: 'nick' };
  expect(proofOf([drop], 'mysql')).toContain("column_name IN ('nick');` gives 0 rows");
  expect(proofOf([drop, add('users', 'handle')], 'mysql')).toContain("column_name IN ('handle');` gives 1 row");
});

it('asks nothing where the schema has no answer', () => {
  expect(proofOf([], 'mysql')).toBe('');
});
