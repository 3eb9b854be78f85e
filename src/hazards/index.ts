import { foreignKeyCopiesTable } from './foreign-key-copies-table.ts';
import type { Hazard } from './hazard.ts';
import { nameNeededBeforeAdded } from './name-needed-before-added.ts';
import { nameNeverThere } from './name-never-there.ts';
import { nameRemovedInUse } from './name-removed-in-use.ts';

/** Every hazard, by id. */
export const hazards = [
  foreignKeyCopiesTable,
  nameNeededBeforeAdded,
  nameNeverThere,
  nameRemovedInUse,
] as const satisfies readonly Hazard[];
