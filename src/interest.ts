import type { Watch } from './frameworks/framework.ts';
import { frameworks } from './frameworks/index.ts';
import type { FirstReading, Interest, SourceFile } from './reading.ts';

/** Which names the pull request puts at stake, over all frameworks. Pure. */
export function interest(first: FirstReading, watch: Watch): Interest {
  const each = frameworks.map((framework) => framework.interest(first, watch));
  return {
    relevant: each.some(({ relevant }) => relevant),
    names: [...new Set(each.flatMap(({ names }) => names))].sort(),
    asksDefinitions: each.some(({ asksDefinitions }) => asksDefinitions),
  };
}

/**
 * The names by which code speaks of what is at stake, as the definition files tell: classes over a table with another
 * name, associations over a key. Pure.
 */
export function furtherNames(first: FirstReading, files: readonly SourceFile[], watch: Watch): readonly string[] {
  return [...new Set(frameworks.flatMap((framework) => framework.furtherNames(first, files, watch)))].sort();
}
