import { type Field, GraphqlError, type Selection } from './graphql-query.ts';

/** How the stand-in answers a field of a type. A function that is missing is a field that the type does not have. */
export interface TypeOf<T> {
  readonly type: string;
  readonly fields: Readonly<Record<string, (of: T, given: Readonly<Record<string, string>>) => Resolved>>;
}

/** A leaf, or an object together with its type, or a list of these. */
export type Resolved = Promise<Leaf | Node> | Leaf | Node | readonly Node[];
export type Leaf = string | number | boolean | null;

export interface Node {
  readonly resolve: (fields: readonly Selection[]) => Promise<Readonly<Record<string, unknown>>>;
}

/** An object whose fields are read as the query asks. */
export function node<T>(type: TypeOf<T>, of: T): Node {
  return { resolve: (fields) => resolveFields(type, of, fields) };
}

async function resolveFields<T>(
  type: TypeOf<T>,
  of: T,
  fields: readonly Selection[],
): Promise<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const selection of fields) {
    if ('on' in selection) {
      if (selection.on === type.type) Object.assign(result, await resolveFields(type, of, selection.fields));
      continue;
    }
    result[selection.key] = await resolveField(type, of, selection);
  }
  return result;
}

async function resolveField<T>(type: TypeOf<T>, of: T, field: Field): Promise<unknown> {
  if (field.name === '__typename') return type.type;
  const read = type.fields[field.name];
  if (!read) throw new GraphqlError(`Field '${field.name}' doesn't exist on type '${type.type}'`);
  const value = await read(of, field.arguments);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return Promise.all(value.map((each) => each.resolve(field.fields)));
  return value.resolve(field.fields);
}

function isList(value: Node | readonly Node[]): value is readonly Node[] {
  return Array.isArray(value);
}
