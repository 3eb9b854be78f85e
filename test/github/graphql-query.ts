/** As much of GraphQL as a query for blobs needs: one operation, fields with aliases and arguments, inline fragments. */

export interface Field {
  /** The alias, else the name. */
  readonly key: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly fields: readonly Selection[];
}

/** Fields that count for one type only: `... on Blob { … }`. */
export interface Fragment {
  readonly on: string;
  readonly fields: readonly Selection[];
}

export type Selection = Field | Fragment;

/** A query that GitHub would answer with `errors`. */
export class GraphqlError extends Error {}

export type Variables = Readonly<Record<string, unknown>>;

interface Cursor {
  readonly tokens: readonly string[];
  readonly variables: Variables;
  /** With their `$`. */
  readonly declared: Set<string>;
  position: number;
}

/** Every token on its own; what is none of them is left over as a single character. */
const token = /[A-Za-z_]\w*|\d+|\.\.\.|"(?:[^"\\\n]|\\.)*"|\$\w+|[{}():!,[\]]|[^\s]/g;

/**
 * The fields that a query asks for, with the variables put in.
 * @throws GraphqlError for a syntax error, or for a variable that is not declared, not given or not a string
 */
export function parseQuery(text: string, variables: Variables): readonly Selection[] {
  const tokens = text.replace(/#.*$/gm, '').match(token) ?? [];
  const at: Cursor = { tokens, variables, declared: new Set(), position: 0 };
  if (peek(at) !== '{') {
    expect(at, 'query');
    if (peek(at) !== '{' && peek(at) !== '(') name(at);
    if (peek(at) === '(') list(at, declaration);
  }
  const fields = selections(at);
  if (at.position < tokens.length) throw new GraphqlError(`Expected one operation, found ${peek(at)}`);
  return fields;
}

function peek({ tokens, position }: Cursor): string {
  return tokens[position] ?? 'the end of the query';
}

function next(at: Cursor): string {
  const found = peek(at);
  at.position += 1;
  return found;
}

/** Steps over a token if it comes next. */
function skip(at: Cursor, wanted: string): boolean {
  const found = peek(at) === wanted;
  if (found) at.position += 1;
  return found;
}

function expect(at: Cursor, wanted: string): void {
  if (!skip(at, wanted)) throw new GraphqlError(`Expected ${wanted}, found ${peek(at)}`);
}

function name(at: Cursor): string {
  const found = next(at);
  if (!/^[A-Za-z_]\w*$/.test(found)) throw new GraphqlError(`Expected a name, found ${found}`);
  return found;
}

/** What stands in parentheses. An end of the query is no item, so that this ends. */
function list(at: Cursor, item: (at: Cursor) => void): void {
  expect(at, '(');
  while (!skip(at, ')')) {
    item(at);
    skip(at, ',');
  }
}

function declaration(at: Cursor): void {
  const variable = next(at);
  expect(at, ':');
  const type = name(at);
  const required = skip(at, '!');
  const given = at.variables[variable.slice(1)];
  if (required && given === undefined) throw new GraphqlError(`Variable ${variable} of type ${type}! was not given`);
  if (given !== undefined && typeof given !== 'string') throw new GraphqlError(`Variable ${variable} is no ${type}`);
  at.declared.add(variable);
}

function selections(at: Cursor): Selection[] {
  expect(at, '{');
  const fields: Selection[] = [];
  while (!skip(at, '}')) fields.push(skip(at, '...') ? fragment(at) : field(at));
  return fields;
}

function fragment(at: Cursor): Fragment {
  expect(at, 'on');
  return { on: name(at), fields: selections(at) };
}

function field(at: Cursor): Field {
  const key = name(at);
  const called = skip(at, ':') ? name(at) : key;
  const given: Record<string, string> = {};
  if (peek(at) === '(') {
    list(at, () => {
      const argument = name(at);
      expect(at, ':');
      given[argument] = value(at);
    });
  }
  return { key, name: called, arguments: given, fields: peek(at) === '{' ? selections(at) : [] };
}

function value(at: Cursor): string {
  const found = next(at);
  if (found.startsWith('"')) return JSON.parse(found) as string;
  if (/^\d+$/.test(found)) return found;
  if (!at.declared.has(found)) throw new GraphqlError(`${found} is used by the query but not declared`);
  return String(at.variables[found.slice(1)]);
}
