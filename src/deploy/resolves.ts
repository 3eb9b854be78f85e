import { hasColumn, hasTable, type Schema } from '../schema/schema.ts';
import type { Reference } from './deploy.ts';

/** What a reference needs, without the place it stands at. Many references share one need. */
export type Need = Pick<Reference, 'table' | 'column'>;

/** Whether code that needs this runs on the schema without an error. */
export function resolves(need: Need, schema: Schema): boolean {
  return need.column === null ? hasTable(schema, need.table) : hasColumn(schema, need.table, need.column);
}

export function needKey({ table, column }: Need): string {
  return JSON.stringify([table, column]);
}
