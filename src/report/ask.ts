import type { Review } from '../review.ts';
import { deployOrders, settingsPath } from '../settings.ts';
import { mustAskOrder, orderLabels } from './order-words.ts';

/** Asks for the one line of settings that says how a release goes, each answer as a link that opens it filled in. */
export interface Ask {
  readonly path: string;
  readonly answers: readonly { readonly order: string; readonly words: string; readonly url: string | null }[];
}

export function askOrder(review: Review, repositoryUrl: string | null): Ask | null {
  if (!mustAskOrder(review)) return null;
  return {
    path: settingsPath,
    answers: deployOrders.map((order) => ({ order, words: orderLabels[order], url: newFile(repositoryUrl, order) })),
  };
}

function newFile(repositoryUrl: string | null, order: string): string | null {
  if (repositoryUrl === null || !/^https?:\/\/[\w.:/-]+$/.test(repositoryUrl)) return null;
  const value = encodeURIComponent(`deploy: { order: ${order} }\n`);
  return `${repositoryUrl}/new/HEAD?filename=${encodeURIComponent(settingsPath)}&value=${value}`;
}
