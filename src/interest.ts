import type { Watch } from './frameworks/framework.ts';
import { frameworks } from './frameworks/index.ts';
import type { FirstReading, Interest } from './reading.ts';

/** Which names the pull request puts at stake, over all frameworks. Pure. */
export function interest(first: FirstReading, watch: Watch): Interest {
  const each = frameworks.map((framework) => framework.interest(first, watch));
  return {
    relevant: each.some(({ relevant }) => relevant),
    names: [...new Set(each.flatMap(({ names }) => names))].sort(),
  };
}
