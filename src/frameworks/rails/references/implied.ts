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

const insert = 'INSERT names every column that the process read at start (`partial_inserts` is off)';
const select = 'SELECT names every column by name once some are ignored';

function impliedBy(model: Model, texts: ReadonlyMap<string, string>, context: ReferenceContext): readonly Reference[] {
  const { table, at, ignored } = model;
  const lists = [
    ...(context.partialInserts ? [] : [{ access: 'insert', because: insert } as const]),
    ...(ignored.size > 0 ? [{ access: 'read', because: select } as const] : []),
  ];
  if (table === null || lists.length === 0 || isOfGem(model)) return [];
  const line = texts.get(at.path)?.split('\n', at.line)[at.line - 1] ?? '';
  const quote = quoteAround(line, at.column);
  const columns = [...(context.columnsOf(table) ?? [])].filter(
    (column) => !ignored.has(column) && context.wants(table, column, at.path, at.line),
  );
  return columns.flatMap((column) =>
    lists.map((list) => ({ table, column, certainty: 'certain', at, quote, ...list }) as const),
  );
}
