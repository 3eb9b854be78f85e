import type { Review } from '../review.ts';
import { hiddenStatements } from './hidden.ts';
import type { Place, Places } from './places.ts';
import { count } from './words.ts';

/** What the answer must not be read without: statements and changed code that nobody could read. */
export interface UnreadPlaces {
  readonly hidden: readonly { readonly place: Place; readonly reason: string }[];
  readonly moreHidden: string | null;
}

/** More places than this are counted, not listed. */
const most = 8;

export function unreadPlaces(review: Review, places: Places): UnreadPlaces {
  const statements = hiddenStatements(review).map(({ at, reason }) => ({ place: places.head(at), reason }));
  const files = review.unreadChanges.map((at) => ({ place: places.head(at), reason: at.reason }));
  const all = [...statements, ...files];
  return {
    hidden: all.slice(0, most),
    moreHidden: all.length > most ? count(all.length - most, 'more place') : null,
  };
}
