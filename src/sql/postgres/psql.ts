const dataEnd = /^\\\.[ \t]*$/gm;

/** What `COPY … FROM stdin` reads: the lines down to `\.`. Without that line there is no data. */
export function dataAfter(text: string, from: number): { readonly start: number; readonly end: number } | null {
  const line = text.indexOf('\n', from);
  if (line === -1) return null;
  dataEnd.lastIndex = line + 1;
  return dataEnd.test(text) ? { start: line, end: dataEnd.lastIndex } : null;
}

/** What psql's commands mean for the statements around them: https://www.postgresql.org/docs/current/app-psql.html */
const ends: ReadonlySet<string> = new Set(['g', 'gx', 'gset', 'gdesc', 'crosstabview']);
const stands: Readonly<Record<string, string>> = {
  i: 'psql runs another file here',
  ir: 'psql runs another file here',
  include: 'psql runs another file here',
  include_relative: 'psql runs another file here',
  gexec: 'psql runs what the query before it returns',
  copy: 'psql copies rows here',
  c: 'psql goes to another database here',
  connect: 'psql goes to another database here',
};

/** A line of psql's: its command, whether it ends the statement before it, and what it stands for, if it does. */
export interface Command {
  readonly name: string;
  readonly ends: boolean;
  /** Completes "could not be read: …". */
  readonly stands: string | null;
}

export function psqlCommand(line: string): Command {
  const name = /^\\([a-z_]*)/.exec(line)?.[1] ?? '';
  const stand = stands[name] ?? null;
  return { name, ends: stand !== null || ends.has(name), stands: stand };
}
