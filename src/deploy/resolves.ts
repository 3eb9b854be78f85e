import { hasColumn, hasTable, type Schema } from '../schema/schema.ts';
import type { Name, Reference } from './deploy.ts';

/** What a reference needs, without the place it stands at. Many references share one need. */
export type Need = Pick<Reference, 'table' | 'column' | 'nilWithout'>;

/** Whether code that needs this runs without an error in a process that starts on the schema. */
export function resolves(need: Need, schema: Schema): boolean {
  return has(need, schema) || (need.nilWithout?.some((name) => !has(name, schema)) ?? false);
}

/** The need of a process that started when the names were there: it knows them, so that none of them gives nil. */
export function needOfOld({ table, column }: Need): Need {
  return { table, column };
}

export function needKey({ table, column, nilWithout }: Need): string {
  return JSON.stringify([table, column, nilWithout?.map((name) => [name.table, name.column])]);
}

function has({ table, column }: Name, schema: Schema): boolean {
  return column === null ? hasTable(schema, table) : hasColumn(schema, table, column);
}
