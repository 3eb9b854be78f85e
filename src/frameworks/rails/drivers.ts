import type { SourceFile } from '../../reading.ts';
import type { Database } from '../../schema/migration.ts';
import type { Sign } from './database.ts';
import { gemLine, handWritten } from './project.ts';

const drivers: ReadonlyMap<string, Database> = new Map([
  ['pg', 'postgres'],
  ['mysql2', 'mysql'],
  ['trilogy', 'mysql'],
  ['sqlite3', 'sqlite'],
]);

/**
 * The database drivers that a project has among its gems. The Gemfile says which of them production loads; one that only
 * development and tests load is none, and where there is no Gemfile the lock file has them all.
 */
export function driversIn(files: readonly SourceFile[]): readonly Sign[] {
  const declared = files.filter(({ path }) => /(?:^|\/)Gemfile$/.test(path)).flatMap(driversOf);
  if (declared.length > 0) return declared;
  return [...drivers].flatMap(([gem, database]) => {
    const at = gemLine(files, gem);
    return at ? [{ database, ...at, production: true }] : [];
  });
}

/** Groups that production does not load. */
const idle = new Set(['development', 'test', 'ci', 'local', 'cucumber']);

/** Lines are read, not run: a driver below a condition is a driver. */
function driversOf({ path, text }: SourceFile): readonly Sign[] {
  const blocks: (string | null)[] = [];
  return handWritten(text).flatMap((line, index): readonly Sign[] => {
    const group = /^\s*group[\s(]+([^)]*?)\)?\s+do\b/.exec(line)?.[1];
    if (group !== undefined) blocks.push(group);
    else if (/^\s*(?:if|unless|case|begin)\b|\bdo\s*(?:\|.*)?$/.test(line)) blocks.push(null);
    else if (/^\s*end\b/.test(line)) blocks.pop();
    const gem = /^\s*gem[\s(]+["'](\w+)["']/.exec(line)?.[1];
    const database = gem === undefined ? undefined : drivers.get(gem);
    if (!database) return [];
    const own = /\bgroups?:?\s*(?:=>)?\s*(?:%i)?\[?([^\]]*)/.exec(line)?.[1];
    const groups = [...blocks.flatMap((block) => block ?? []), ...(own === undefined ? [] : [own])];
    return [{ database, path, line: index + 1, production: !groups.some(isIdle) }];
  });
}

function isIdle(groups: string): boolean {
  return (groups.match(/\w+/g) ?? []).every((group) => idle.has(group));
}
