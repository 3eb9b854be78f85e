import type { Operation } from '../../schema/operation.ts';
import { type Body, placeOf, type Walk } from './block-place.ts';
import type { Block, BlockTree, Expression, Wrapped } from './block-tree.ts';
import { type Context, opaque } from './context.ts';
import { cut } from './cut.ts';
import { readDynamic } from './dynamic.ts';
import { parseBody } from './parser.ts';

/** Reads what a body in PL/pgSQL runs, in order. What stands under a condition or in a loop is conditional. */
export function readBlock(context: Context, body: Body): readonly Operation[] {
  const { text, pieces } = cut(body.text);
  const refused = pieces.find((piece) => piece.refused !== null)?.refused ?? null;
  const quote = quoteFor(text);
  if (refused !== null || quote === null) return [opaque(context, refused ?? 'its body cannot be quoted', true)];
  const result = parseBody(`${body.before} ${quote}${text}${quote} ${body.after}`);
  if (!result.ok) return [opaque(context, result.reason, true)];
  const actions = ((result.tree as BlockTree).plpgsql_funcs ?? [])
    .map((each) => each.PLpgSQL_function?.action)
    .filter((action) => action !== undefined);
  const walk: Walk = { body, text, lines: lineStarts(text), position: 0, depth: 0, returned: false };
  return readAll(context, walk, actions);
}

function quoteFor(text: string): string | null {
  return ['$body$', '$_body_$', '$__body__$'].find((quote) => !text.includes(quote)) ?? null;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Nobody nests blocks deeper; reading calls itself for each level. */
const deepest = 200;

function readAll(context: Context, walk: Walk, statements: readonly Wrapped[] | undefined): readonly Operation[] {
  if (!statements) return [];
  if (walk.depth === deepest) return [opaque(context, 'its body is nested too deep', true)];
  walk.depth++;
  const operations = statements.flatMap((wrapped) =>
    Object.entries(wrapped).flatMap(([kind, block]) =>
      readOne(walk.returned ? maybe(context) : context, walk, kind, block),
    ),
  );
  walk.depth--;
  return operations;
}

function maybe(context: Context): Context {
  return { ...context, conditional: true };
}

function readOne(context: Context, walk: Walk, kind: string, block: Block): readonly Operation[] {
  switch (kind) {
    case 'PLpgSQL_stmt_block':
      return guardedBlock(context, walk, block);
    case 'PLpgSQL_stmt_if':
    case 'PLpgSQL_if_elsif':
    case 'PLpgSQL_stmt_case':
    case 'PLpgSQL_case_when':
    case 'PLpgSQL_exception':
      return branches(maybe(context), walk, block);
    case 'PLpgSQL_stmt_loop':
    case 'PLpgSQL_stmt_while':
    case 'PLpgSQL_stmt_fori':
    case 'PLpgSQL_stmt_fors':
    case 'PLpgSQL_stmt_forc':
    case 'PLpgSQL_stmt_foreach_a':
    case 'PLpgSQL_stmt_dynfors':
      return loop(context, walk, kind, block);
    case 'PLpgSQL_stmt_return':
      walk.returned ||= context.conditional;
      return [];
    case 'PLpgSQL_stmt_dynexecute':
      return dynamic(context, walk, block, block.query);
    default:
      return [
        ...sql(context, walk, block, block.sqlstmt ?? statementIn(kind, block)),
        ...dynamic(context, walk, block, block.dynquery),
      ];
  }
}

/** Other statements hold expressions as well, which are no statements. */
function statementIn(kind: string, block: Block): Expression | undefined {
  if (kind === 'PLpgSQL_stmt_perform' || kind === 'PLpgSQL_stmt_call') return block.expr;
  return kind === 'PLpgSQL_stmt_return_query' ? block.query : undefined;
}

/** What fails in a block with handlers is undone and forgotten. */
function guardedBlock(context: Context, walk: Walk, block: Block): readonly Operation[] {
  const handlers = block.exceptions?.PLpgSQL_exception_block.exc_list;
  return [...readAll(handlers ? maybe(context) : context, walk, block.body), ...readAll(context, walk, handlers)];
}

function branches(context: Context, walk: Walk, block: Block): readonly Operation[] {
  const { then_body, elsif_list, else_body, case_when_list, stmts, else_stmts, action } = block;
  const parts = [then_body, elsif_list, else_body, case_when_list, stmts, else_stmts, action];
  return parts.flatMap((part) => readAll(context, walk, part));
}

function loop(context: Context, walk: Walk, kind: string, block: Block): readonly Operation[] {
  const read = kind === 'PLpgSQL_stmt_dynfors' ? dynamic : sql;
  const batched = context.batched || commits(block.body);
  return [...read(context, walk, block, block.query), ...readAll({ ...maybe(context), batched }, walk, block.body)];
}

/** Looked for just below the loop: further down it is a condition or another loop that decides. */
function commits(statements: readonly Wrapped[] | undefined, levels = 3): boolean {
  if (levels === 0) return false;
  return (statements ?? []).some((wrapped) =>
    Object.entries(wrapped).some(([kind, block]) => {
      if (kind === 'PLpgSQL_stmt_commit') return true;
      const { then_body, else_body, body } = block;
      return [then_body, else_body, body].some((part) => commits(part, levels - 1));
    }),
  );
}

function sql(context: Context, walk: Walk, block: Block, expression: Expression | undefined): readonly Operation[] {
  const query = expression?.PLpgSQL_expr?.query;
  if (query === undefined) return [];
  const place = placeOf(context, walk, block, query);
  return context.inner.text(context, query, place);
}

function dynamic(context: Context, walk: Walk, block: Block, expression: Expression | undefined): readonly Operation[] {
  const query = expression?.PLpgSQL_expr?.query;
  if (query === undefined) return [];
  const at = placeOf(context, walk, block, query)(0);
  return readDynamic({ ...context, source: { ...context.source, at: () => at } }, query);
}
