import type { IndexElem } from 'libpg-query';

import type { Tree } from './context.ts';
import { texts } from './names.ts';

/** What the columns of an index are in the name that the database chooses for it. */
export function indexNamePart(elements: readonly IndexElem[]): string {
  return joined(numbered(elements.map(partName)));
}

/** Columns as part of a name; PostgreSQL stops at the length of a name. */
export function joined(columns: readonly string[]): string {
  return columns.slice(0, 64).join('_').slice(0, 63);
}

export function indexElements(nodes: readonly Tree[] | undefined): readonly IndexElem[] {
  return (nodes ?? []).flatMap((node) => ('IndexElem' in node ? [node.IndexElem] : []));
}

/** A name that comes again gets a number: `ChooseIndexColumnNames` of PostgreSQL. */
function numbered(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}${times}`;
  });
}

/** What stands for an element in the name of its index: `FigureIndexColname` of PostgreSQL. */
function partName({ name, expr }: IndexElem): string {
  if (name !== undefined) return name;
  return (expr && figured(expr)) ?? 'expr';
}

function figured(expression: Tree): string | null {
  let inside = expression;
  let type: string | null = null;
  while ('TypeCast' in inside && inside.TypeCast.arg) {
    type ??= texts(inside.TypeCast.typeName?.names).at(-1) ?? null;
    inside = inside.TypeCast.arg;
  }
  if ('FuncCall' in inside) return texts(inside.FuncCall.funcname).at(-1) ?? type;
  if ('ColumnRef' in inside) return texts(inside.ColumnRef.fields).at(-1) ?? type;
  if ('CoalesceExpr' in inside) return 'coalesce';
  return 'CaseExpr' in inside ? 'case' : type;
}
