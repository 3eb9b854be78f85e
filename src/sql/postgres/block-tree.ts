/** A statement of PL/pgSQL as the parser gives it, with those of its parts that are read. */
export interface Block {
  readonly lineno?: number;
  readonly body?: readonly Wrapped[];
  readonly then_body?: readonly Wrapped[];
  readonly elsif_list?: readonly Wrapped[];
  readonly else_body?: readonly Wrapped[];
  readonly case_when_list?: readonly Wrapped[];
  readonly else_stmts?: readonly Wrapped[];
  readonly stmts?: readonly Wrapped[];
  readonly exceptions?: { readonly PLpgSQL_exception_block: { readonly exc_list?: readonly Wrapped[] } };
  readonly action?: readonly Wrapped[];
  readonly sqlstmt?: Expression;
  readonly expr?: Expression;
  readonly query?: Expression;
  readonly dynquery?: Expression;
}

/** An object with one key, the name of its kind. */
export type Wrapped = Readonly<Record<string, Block>>;

export interface Expression {
  readonly PLpgSQL_expr?: { readonly query: string };
}

/** What the parser answers. */
export interface BlockTree {
  readonly plpgsql_funcs?: readonly { readonly PLpgSQL_function?: { readonly action?: Wrapped } }[];
}
