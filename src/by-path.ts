import type { Unread } from './reading.ts';

/** By path, in UTF-16 units. */
export function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}

/** By path, each place and reason once: a file may be unread on several sides. */
export function eachOnce(unread: readonly Unread[]): readonly Unread[] {
  const distinct = new Map(unread.map((each) => [`${each.path}\0${each.reason}`, each]));
  return [...distinct.values()].sort(byPath);
}
