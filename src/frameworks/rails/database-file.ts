import type { SourceFile } from '../../reading.ts';
import type { Database } from '../../schema/migration.ts';
import type { Sign } from './database.ts';
import { handWritten } from './project.ts';

/**
 * The adapters in `config/database.yml` and in the examples beside it. The file often is a template with ERB, so its
 * lines are read, not its YAML. The file itself says more than an example.
 */
export function adaptersIn(files: readonly SourceFile[]): readonly Sign[] {
  const configs = files.filter(({ path }) => /(?:^|\/)config\/[\w-]*\.?database\.ya?ml/.test(path));
  const own = configs.filter(({ path }) => /(?:^|\/)config\/database\.ya?ml(?:\.erb)?$/.test(path)).flatMap(adaptersOf);
  return own.length > 0 ? own : configs.flatMap(adaptersOf);
}

interface Section {
  readonly name: string;
  readonly anchor: string | null;
  readonly signs: Sign[];
  /** Sections whose lines it takes over: `<<: *default`. */
  readonly merges: string[];
}

/**
 * What production uses, by its own section and those it takes over; each other section but the tests' own besides. Where
 * production's adapter is computed, the others tell nothing of it.
 */
function adaptersOf(file: SourceFile): readonly Sign[] {
  const sections = sectionsOf(file);
  const merged = new Set<Section>();
  const open = sections.filter(({ name }) => name === 'production');
  for (let next = open.pop(); next; next = open.pop()) {
    if (merged.has(next)) continue;
    merged.add(next);
    const { merges } = next;
    open.push(...sections.filter(({ anchor }) => anchor !== null && merges.includes(anchor)));
  }
  if (merged.size > 0 && [...merged].every(({ signs }) => signs.length === 0)) return [];
  return sections
    .filter((section) => section.name !== 'test' || sections.length === 1)
    .flatMap((section) => section.signs.map((sign) => ({ ...sign, production: merged.has(section) })));
}

function sectionsOf({ path, text }: SourceFile): readonly Section[] {
  let section: Section = { name: '', anchor: null, signs: [], merges: [] };
  const sections = [section];
  for (const [index, line] of handWritten(text).entries()) {
    const opened = /^["']?(\w+)["']?:\s*(?:&(\w+))?/.exec(line);
    if (opened) {
      section = { name: opened[1] ?? '', anchor: opened[2] ?? null, signs: [], merges: [] };
      sections.push(section);
    }
    const merge = /^\s+<<:\s*\*(\w+)/.exec(line)?.[1];
    if (merge) section.merges.push(merge);
    for (const database of databasesIn(line))
      section.signs.push({ database, path, line: index + 1, production: false });
  }
  return sections;
}

/** `adapter: mysql2`, `url: postgres://…`, and what ERB may put there: each literal that it holds. */
function databasesIn(line: string): readonly Database[] {
  const value = /^\s*adapter:\s*(.+)/.exec(line)?.[1];
  if (value !== undefined) {
    const words = value.includes('<%') ? [...value.matchAll(/["'](\w+)["']/g)].map(([, word]) => word ?? '') : [value];
    return [...new Set(words.flatMap((word) => databaseOfAdapter(word.replace(/\s*#.*/, '')) ?? []))];
  }
  const scheme = /^\s*url:.*?\b(\w+):\/\//.exec(line)?.[1];
  const database = scheme === undefined ? null : databaseOfAdapter(scheme);
  return database ? [database] : [];
}

/** Adapters add to a driver's name: `postgis`, `jdbcmysql`, `mysql2_makara`, `postgresql_proxy`. */
function databaseOfAdapter(word: string): Database | null {
  if (/postg(?:res|is)/.test(word)) return 'postgres';
  if (/mysql|trilogy/.test(word)) return 'mysql';
  return /sqlite/.test(word) ? 'sqlite' : null;
}
