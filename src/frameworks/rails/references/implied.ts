import type { Reference } from '../../../deploy/deploy.ts';
import type { SourceFile } from '../../../reading.ts';
import { isOfGem } from '../models/gem-models.ts';
import type { Model } from '../models/model.ts';
import { quoteAround } from './quote.ts';
import type { ReferenceContext } from './site.ts';

/**
 * What Active Record itself names, although no line of code does: with `partial_inserts` off an INSERT names every
 * column that the process knows, and a model that ignores some columns names all others in its SELECT.
 */
export function impliedReferences(files: readonly SourceFile[], context: ReferenceContext): readonly Reference[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return context.models.all.flatMap((model) => impliedBy(model, texts, context));
}

const insert = 'an INSERT, which names every column that the process read at start (`partial_inserts` is off)';
const select = 'a SELECT, which names every column of a model that ignores some';

const type = 'a query for a class that shares its table, which always names the column of the classes';

/** The column by which a class and those above it share a table. Null: it has a table of its own, or says another column. */
function typeColumn(
  { table, ancestors }: Model,
  texts: ReadonlyMap<string, string>,
  { models }: ReferenceContext,
): string | null {
  const above = ancestors.flatMap((name) => models.byName.get(name) ?? []);
  const says = above.some((each) => texts.get(each.at.path)?.includes('inheritance_column'));
  return above.some((each) => each.table !== null && each.table === table) && !says ? 'type' : null;
}

function impliedBy(model: Model, texts: ReadonlyMap<string, string>, context: ReferenceContext): readonly Reference[] {
  const { table, at, ignored } = model;
  const typed = typeColumn(model, texts, context);
  const lists = [
    ...(context.defaults.partialInserts ? [] : [{ access: 'insert', because: insert } as const]),
    ...(ignored.size > 0 ? [{ access: 'read', because: select } as const] : []),
  ];
  if (table === null || (lists.length === 0 && typed === null) || isOfGem(model)) return [];
  const line = texts.get(at.path)?.split('\n', at.line)[at.line - 1] ?? '';
  const quote = quoteAround(line, at.column);
  const columns = [...(context.columnsAtStart(table) ?? [])].filter(
    (column) => !ignored.has(column) && context.wants(table, column, at.path, at.line),
  );
  return columns.flatMap((column) =>
    [...lists, ...(column === typed ? [{ access: 'read', because: type } as const] : [])].map(
      (list) => ({ table, column, certainty: 'certain', at, quote, ...list }) as const,
    ),
  );
}
