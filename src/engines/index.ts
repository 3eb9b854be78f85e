import type { Database } from '../schema/migration.ts';
import type { Engine } from './engine.ts';
import { mariadb } from './mariadb.ts';
import { mysql } from './mysql.ts';

export const engines = [mariadb, mysql] as const satisfies readonly Engine[];

/** Null: no lock of this database is judged by this version of Bellows. */
export function engineOf(database: Database): Engine | null {
  return engines.find((engine) => engine.name === database) ?? null;
}
