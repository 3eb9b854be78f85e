import { foreignKeyCopiesTable } from './foreign-key-copies-table.ts';
import type { Hazard } from './hazard.ts';
import { mergedMigrationEdited } from './merged-migration-edited.ts';
import { migrationRunTwice } from './migration-run-twice.ts';
import { nameNeededBeforeAdded } from './name-needed-before-added.ts';
import { nameNeverThere } from './name-never-there.ts';
import { nameRemovedInUse } from './name-removed-in-use.ts';

/** Every hazard, by id. */
export const hazards = [
  foreignKeyCopiesTable,
  mergedMigrationEdited,
  migrationRunTwice,
  nameNeededBeforeAdded,
  nameNeverThere,
  nameRemovedInUse,
] as const satisfies readonly Hazard[];
