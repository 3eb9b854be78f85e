/** How often work reads or writes a map or set. Copies write each of their entries. */
export function steps(work: () => unknown): number {
  const kept: (() => void)[] = [];
  let count = 0;
  for (const [kind, method] of [
    [Map.prototype, 'set'],
    [Map.prototype, 'get'],
    [Set.prototype, 'add'],
    [Set.prototype, 'has'],
  ] as const) {
    const original = Reflect.get(kind, method);
    kept.push(() => Reflect.set(kind, method, original));
    Reflect.set(kind, method, function counted(this: unknown, ...given: unknown[]) {
      count += 1;
      return Reflect.apply(original, this, given);
    });
  }
  try {
    work();
  } finally {
    for (const restore of kept) restore();
  }
  return count;
}
