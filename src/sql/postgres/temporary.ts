import type { RangeVar } from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import type { Context } from './context.ts';
import { relationName } from './names.ts';

/** Only this session sees it. */
export function isTemporary(relation: RangeVar | undefined): boolean {
  return relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp';
}

/** What a temporary table is like concerns nobody else, so later statements about it are left out too. */
export function temporary(context: Context, relation: RangeVar | undefined): readonly Operation[] {
  context.memory.temporary.add(relationName(relation));
  return [];
}
