import type { Review } from '../review.ts';
import type { Location } from '../schema/location.ts';

/** A statement that may change the schema in a way that nobody can read here, or a whole migration that does. */
export interface HiddenStatement {
  readonly at: Location;
  readonly reason: string;
  readonly whole: boolean;
}

/** Why a review is unreadable: statements of its migrations, in their order. */
export function hiddenStatements(review: Review): readonly HiddenStatement[] {
  return review.migrations.flatMap(({ migration }) =>
    migration.operations.flatMap((operation) =>
      operation.kind === 'opaque' && operation.hidesSchemaChange
        ? [{ at: operation.at, reason: operation.reason, whole: operation.whole ?? false }]
        : [],
    ),
  );
}
