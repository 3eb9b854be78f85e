import type { IndexElem, IndexStmt } from 'libpg-query';

import type { Operation } from '../../schema/operation.ts';
import { type Context, step } from './context.ts';
import { indexElements, indexNamePart } from './index-names.ts';
import { chosenName, remember } from './memory.ts';
import { relationName } from './names.ts';
import { afterWord, bracketed, clauseEnd, clauseStarts, type Source, slice } from './source.ts';
import { tokenFrom } from './tokens.ts';

/** CREATE INDEX. */
export function createIndex(context: Context, statement: IndexStmt): readonly Operation[] {
  const { source } = context;
  const table = relationName(statement.relation);
  const elements = indexElements(statement.indexParams);
  const list = bracketed(source, source.offset(statement.relation?.location));
  const starts = list ? clauseStarts(source, list.start) : [];
  const columns = elements.map((element, index) => element.name ?? expression(source, starts[index] ?? context.start));
  const where = statement.whereClause ? afterWord(source, list ? list.end + 1 : context.start, 'where') : null;
  return [
    {
      kind: 'create-index',
      table,
      index: {
        name: nameOf(context, statement, table, elements),
        columns,
        unique: statement.unique === true,
        where: where === null ? null : slice(source, where, context.end),
      },
      concurrently: statement.concurrent === true,
      algorithm: null,
      ...(statement.relation?.inh !== true && { only: true }),
      ...step(context, statement.if_not_exists),
    },
  ];
}

/** An expression as it is written, without the brackets around it, the operator class and the order behind it. */
function expression(source: Source, start: number): string {
  const first = tokenFrom(source.text, start);
  const inside = bracketed(source, start);
  if (first && inside && source.text[first.start] === '(') return slice(source, inside.start, inside.end);
  return slice(source, start, inside ? inside.end + 1 : clauseEnd(source, start));
}

function nameOf(context: Context, statement: IndexStmt, table: string, elements: readonly IndexElem[]): string {
  if (statement.idxname !== undefined) {
    remember(context.memory, statement.idxname, table);
    return statement.idxname;
  }
  const all = [...elements, ...indexElements(statement.indexIncludingParams)];
  return chosenName(context.memory, table, indexNamePart(all), 'idx');
}
