import type { Migration } from '../schema/migration.ts';
import type { DeployOrder, Settings } from '../settings.ts';
import type { Order } from './deploy.ts';

/** Which mixes of code and schema a rollout can bring about. */
export interface Reach {
  readonly newCodeOldSchema: boolean;
  readonly oldCodeNewSchema: boolean;
}

const reachOf: Record<DeployOrder, Reach> = {
  'code-first': { newCodeOldSchema: true, oldCodeNewSchema: false },
  'migrations-first': { newCodeOldSchema: false, oldCodeNewSchema: true },
  rolling: { newCodeOldSchema: true, oldCodeNewSchema: true },
  offline: { newCodeOldSchema: false, oldCodeNewSchema: false },
};

/** What can happen while a migration runs. Its own place says more than the order does, except that offline nothing runs. */
export function reach(order: DeployOrder, when: Migration['when']): Reach {
  if (order === 'offline' || when === 'unstated') return reachOf[order];
  return reachOf[when === 'before-code' ? 'migrations-first' : 'code-first'];
}

/** Why a mix cannot happen: one sentence. */
export function whyUnreachable(order: DeployOrder, when: Migration['when'], window: keyof Reach): string {
  if (order === 'offline') return 'It cannot happen here: the app is stopped while the migration runs.';
  if (when !== 'unstated') {
    return when === 'before-code'
      ? 'It cannot happen here: this migration ends before the new code starts.'
      : 'It cannot happen here: this migration runs after the last old process has stopped.';
  }
  return window === 'newCodeOldSchema'
    ? `It cannot happen under \`${order}\`: the migration ends before the new code starts.`
    : `It cannot happen under \`${order}\`: no old code runs any more when the migration starts.`;
}

/** The orders that the settings declare, one per rollout; where they declare none, what is assumed. */
export function ordersOf(settings: Settings): readonly Order[] {
  if (settings.rollouts.length === 0) return [{ rollout: null, order: 'rolling', source: 'assumed', evidence: [] }];
  const several = settings.rollouts.length > 1;
  return settings.rollouts.map(({ name, order, at }) => ({
    rollout: several ? name : null,
    order,
    source: 'declared',
    evidence: at ? [at] : [],
  }));
}
