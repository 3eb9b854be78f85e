import { breaks } from '../deploy/breaks.ts';
import type { Deploy } from '../deploy/deploy.ts';
import { isStrong } from '../hazards/evidence.ts';
import type { Operation } from '../schema/operation.ts';

/** What a migration means to code, by the first operation that says so. Both null: no code minds when it runs. */
export interface Turn {
  /** New code fails until it ran. */
  readonly brings: Operation | null;
  /** Old code fails once it ran. */
  readonly takes: Operation | null;
}

/**
 * What each migration of the pull request means to code, by its path, whatever the order says about what can happen:
 * a split that is right for every order is merged again where the order makes it needless.
 */
export function turnsOf(deploys: readonly Deploy[]): ReadonlyMap<string, Turn> {
  const turns = new Map<string, Turn>();
  for (const each of deploys.flatMap(breaks)) {
    if (!each.step || each.step.pending || each.code === 'new-for-good' || !isStrong(each.reference)) continue;
    if (each.code === 'new' && !each.reference.changed) continue;
    const { migration, operation } = each.step;
    const known = turns.get(migration.path) ?? { brings: null, takes: null };
    const side = each.code === 'new' ? 'brings' : 'takes';
    turns.set(migration.path, { ...known, [side]: known[side] ?? operation });
  }
  return turns;
}
