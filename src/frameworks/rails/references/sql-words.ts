/** A name in a piece of SQL. Offsets count UTF-16 units of the text. */
export interface SqlName {
  readonly text: string;
  /** What stands before the dot: `c` of `c.body`. */
  readonly qualifier: string | null;
  readonly offset: number;
  /** `table`: it stands where only a table can (`FROM`, `JOIN`, `INTO`, `UPDATE`). */
  readonly role: 'table' | 'name';
}

export interface SqlNames {
  readonly names: readonly SqlName[];
  /** Alias → table, and each table to itself. */
  readonly tables: ReadonlyMap<string, string>;
}

const reserved = new Set(
  `select from where and or not null is in like ilike between exists case when then else end as on using join inner left
  right outer full cross natural group order by having limit offset union all distinct asc desc insert into values update
  set delete create alter drop table index with returning interval true false cast any some lateral nulls first last
  over partition for share nowait`.split(/\s+/),
);
const beforeTable = new Set(['from', 'join', 'into', 'update', 'table']);
const notAnAlias =
  /^(?:where|on|using|set|inner|left|right|outer|full|cross|join|natural|group|order|having|limit|union|values|select|as|lateral|returning|for)$/;

interface Token {
  readonly kind: 'word' | 'quoted' | 'other';
  readonly text: string;
  readonly offset: number;
}

/**
 * The names in a piece of SQL of any dialect: words outside strings, comments and binds. A tokeniser, no parser: it
 * tells which words may be columns and which tables stand in the text.
 */
export function readSqlNames(sql: string): SqlNames {
  const tokens = tokensOf(sql);
  const names: SqlName[] = [];
  const tables = new Map<string, string>();
  let inFrom = false;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    const word = token.text.toLowerCase();
    const previous = tokens[index - 1];
    if (token.kind === 'other') continue;
    if (token.kind === 'word' && reserved.has(word)) {
      inFrom = word === 'from' || (inFrom && (word === 'as' || word === 'join'));
      continue;
    }
    if (previous?.text === '.' || previous?.text.toLowerCase() === 'as' || tokens[index + 1]?.text === '(') {
      if (previous?.text !== '.') continue;
    }
    const qualifier = previous?.text === '.' ? (tokens[index - 2]?.text ?? null) : null;
    if (tokens[index + 1]?.text === '.' && tokens[index + 2]?.kind !== 'other') continue;
    const before = (qualifier === null ? previous : tokens[index - 3])?.text.toLowerCase() ?? '';
    if (beforeTable.has(before) || (inFrom && before === ',')) {
      names.push({ text: token.text, qualifier, offset: token.offset, role: 'table' });
      tables.set(token.text, token.text);
      const alias = aliasAfter(tokens, index);
      if (alias) tables.set(alias, token.text);
    } else names.push({ text: token.text, qualifier, offset: token.offset, role: 'name' });
  }
  return { names, tables };
}

function aliasAfter(tokens: readonly Token[], index: number): string | null {
  const next = tokens[index + 1];
  const named = next?.text.toLowerCase() === 'as' ? tokens[index + 2] : next;
  return named && named.kind !== 'other' && !notAnAlias.test(named.text.toLowerCase()) ? named.text : null;
}

const token = /\\.|'|--|\/\*|["`]([^"`\n\\]*)\\?["`]|::?[A-Za-z_]\w*|[A-Za-z_]\w*|[^\s\w]/gy;
const spaces = /\s+|\d\w*/gy;

function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length; ) {
    spaces.lastIndex = at;
    if (spaces.test(sql)) {
      at = spaces.lastIndex;
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(sql);
    if (!found) {
      at++;
      continue;
    }
    const [text, quoted] = found;
    if (text === "'") at = after(sql, at + 1, "'");
    else if (text === '--') at = after(sql, at, '\n');
    else if (text === '/*') at = after(sql, at, '*/');
    else {
      if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted, offset: at + 1 });
      else tokens.push({ kind: /^[A-Za-z_]/.test(text) ? 'word' : 'other', text, offset: at });
      at = token.lastIndex;
    }
  }
  return tokens;
}

function after(text: string, from: number, close: string): number {
  const found = text.indexOf(close, from);
  return found === -1 ? text.length : found + close.length;
}

/** Whether a string that nothing else tells of is a statement of SQL. */
export function looksLikeSql(text: string): boolean {
  return /^\s*(?:select\s[\s\S]{1,2000}?\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\()/i.test(
    text,
  );
}
