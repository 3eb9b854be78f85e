import type { Location } from '../schema/location.ts';
import type { Operation } from '../schema/operation.ts';

/** Where a UTF-16 offset of the SQL text stands in its file: SQL files, heredocs and string literals map differently. */
export type Place = (offset: number) => Location;

/** What a statement does to the session rather than to the schema. */
export type SqlEffect =
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' }
  /** `SET name = value`; the value as text in lower case without quotes, null for DEFAULT. */
  | { readonly kind: 'set'; readonly name: string; readonly value: string | null };

/** One statement of a SQL text, in order. */
export interface SqlStatement {
  readonly at: Location;
  /** Empty where it changes neither schema nor data (SELECT, SET, BEGIN). */
  readonly operations: readonly Operation[];
  readonly effect: SqlEffect | null;
}
