import type { Route } from './http.ts';
import { routes } from './routes/index.ts';

/** Names that may hold slashes: everything to the end of the path, or to the next fixed word. */
const slashed = new Set(['path', 'basehead', 'ref', 'branch']);

const table = routes.map((route) => {
  const [method = '', template = ''] = route.operation.split(' ');
  return { route, method, pattern: pattern(template) };
});

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request with what its path says; null: the stand-in lacks it. */
export function match(method: string, path: string): Match | null {
  for (const { route, pattern, method: wanted } of table) {
    const found = wanted === method ? pattern.exec(path) : null;
    if (found) return { route, params: decoded(found.groups ?? {}) };
  }
  return null;
}

function pattern(template: string): RegExp {
  const source = template.replace(
    /\{(\w+)\}/g,
    (_, name: string) => `(?<${name}>${slashed.has(name) ? (name === 'path' ? '.*' : '.+') : '[^/]+'})`,
  );
  return new RegExp(`^${source}$`);
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}
