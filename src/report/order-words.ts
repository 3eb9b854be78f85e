import type { Review, ReviewedDeploy } from '../review.ts';
import type { DeployOrder } from '../settings.ts';
import { named, sentence } from './words.ts';

const ways: Record<DeployOrder, string> = {
  'code-first': 'restarts the servers first and migrates after; in between, new code runs on the old schema',
  'migrations-first': 'migrates first and restarts the servers after; in between, old code runs on the new schema',
  rolling: 'promises no order; while it lasts, old and new code run on the old and on the new schema',
  offline: 'stops the servers, migrates and starts them again; no code runs in between',
};

const assumed =
  'nothing here says whether a release migrates or restarts the servers first, so both are taken to happen';

/** How a release goes, one sentence per app and rollout; a single one where all go the same way. */
export function orderSentences(deploys: readonly ReviewedDeploy[]): readonly string[] {
  const words = deploys.map((deploy) => (deploy.source === 'assumed' ? assumed : `the release ${ways[deploy.order]}`));
  if (new Set(words).size < 2) return words.slice(0, 1).map(sentence);
  return deploys.map((deploy, index) => {
    const own = words[index] ?? '';
    return `${whoOf(deploy, deploys)}: ${deploy.source === 'assumed' ? own : own.replace('the release ', '')}.`;
  });
}

/** Which deploy is meant, as far as it must be said: the app where there are several, the rollout where it has a name. */
export function whoOf(deploy: ReviewedDeploy, all: readonly ReviewedDeploy[]): string {
  const several = new Set(all.map((each) => each.app.root)).size > 1;
  const app = several ? [named(deploy.app.root || 'the top folder')] : [];
  return [...app, ...(deploy.rollout === null ? [] : [deploy.rollout])].join(', ') || 'the release';
}

export const orderLabels: Record<DeployOrder, string> = {
  'code-first': 'the servers restart first',
  'migrations-first': 'migrations run first',
  rolling: 'no fixed order',
  offline: 'everything stops meanwhile',
};

/** True where nobody said how a release goes, and something depends on it. */
export function mustAskOrder(review: Review): boolean {
  return review.verdict !== 'safe' && review.deploys.some((deploy) => deploy.source === 'assumed');
}
