import type { Reference } from '../../deploy/deploy.ts';
import type { CodeNeeds } from './code-needs.ts';

/**
 * Whether a line that the pull request leaves alone needs something only now: the code before did not read it there,
 * since a concern was not included, a method hid the attribute or an association stood on another key. A place that only
 * looks like a record by its name counts where the attribute was hidden: names mean more as soon as there are more models.
 */
export function newlyReached(before: CodeNeeds): (reference: Reference) => boolean {
  const known = new Set(before.references.map(placeKey));
  const wasHidden = (table: string, column: string) =>
    before.models?.byTable
      .get(table)
      ?.some(({ methods, virtual }) => methods.get(column) === 'plain' || virtual.has(column)) ?? false;
  return (reference) => {
    const { table, column, certainty } = reference;
    if (column === null || known.has(placeKey(reference))) return false;
    return certainty === 'certain' || wasHidden(table, column);
  };
}

/** By the line's text, since lines above it may have come or gone. */
function placeKey({ table, column, at, quote }: Reference): string {
  return JSON.stringify([table, column, at.path, quote]);
}
