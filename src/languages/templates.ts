import { type Island, type Language, lex } from './lexer.ts';
import { type MadeRuby, parseMade, rubyMaker } from './mapped.ts';
import { parseRuby, type RubyResult } from './ruby.ts';
import { erb } from './tables/erb.ts';
import { haml } from './tables/haml.ts';
import { slim } from './tables/slim.ts';

const languages: readonly (readonly [RegExp, Language])[] = [
  [/\.erb$/, erb],
  [/\.haml$/, haml],
  [/\.slim$/, slim],
];

/** As much as is read of a template, in UTF-16 units; longer ones are not written by hand. */
const maxLength = 1024 * 1024;

/**
 * Parses a file that is Ruby or holds Ruby, told by its name. A template is read through the Ruby in it, with the
 * template's own places. Where that does not parse as a whole, as much of it is read as parses piece by piece.
 */
export function parseRubyIn(path: string, text: string): RubyResult {
  const language = languages.find(([ending]) => ending.test(path))?.[1];
  if (!language) return parseRuby(path, text);
  if (text.length > maxLength)
    return { ok: false, line: 1, reason: 'the template is larger than 1 MB, the most that is read' };
  const { islands } = lex(text, language);
  const whole = parseMade(path, text, bound(text, islands, language !== erb));
  if (whole.ok) return whole;
  const pieces = parseMade(path, text, separate(path, text, islands));
  return pieces.ok && pieces.file.program.statements.body.length > 0 ? pieces : whole;
}

/** All islands in order, with the `end`s that indentation stands for in HAML and Slim. */
function bound(text: string, islands: readonly Island[], indented: boolean): MadeRuby {
  const ruby = rubyMaker(text);
  // A layout yields, which Ruby allows in a method only.
  const wrapped = islands.some(({ start, end }) => /\byield\b/.test(text.slice(start, end)));
  if (wrapped) ruby.put('def template\n');
  if (indented) takeByIndent(text, islands, ruby);
  else for (const island of islands) takeIsland(text, island, ruby);
  if (wrapped) ruby.put('end\n');
  return ruby.made();
}

type Taking = ReturnType<typeof rubyMaker>;

function takeIsland(text: string, { start, end, role }: Island, ruby: Taking): void {
  const code = text.slice(start, end);
  const wraps = role === 'list' || role === 'attributes';
  // `%a{foo}` calls a method that gives the hash.
  const method = role === 'attributes' && !/=>|:/.test(code);
  if (wraps) ruby.put('template(');
  takeWithoutBars(text, { start: method ? start + 1 : start, end: method ? end - 1 : end }, ruby);
  ruby.put(wraps ? ')\n' : '\n');
}

/** A line of HAML that goes on after a bar: the bar is no Ruby. */
function takeWithoutBars(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  ruby: Taking,
): void {
  const code = text.slice(start, end);
  let from = start;
  if (/[ \t]\|[ \t]*\r?\n/.test(code)) {
    for (const { index } of code.matchAll(/(?<=[ \t])\|[ \t]*(?=\r?\n|$)/g)) {
      ruby.take(from, start + index);
      from = start + index + 1;
    }
  }
  ruby.take(from, end);
}

/** Whether what is nested below a line of code belongs to it, and how its block ends. Null: it opens none. */
function opens(code: string): 'end' | '}' | null {
  if (/^\s*(?:\w+\s*=\s*)?(?:if|unless|case|while|until|for|begin|def)\b/.test(code)) return 'end';
  if (/\bdo\s{0,9}(?:\|[^|\n]*\|)?\s*$/.test(code)) return 'end';
  return /\{\s{0,9}\|[^|\n]*\|\s*$/.test(code) ? '}' : null;
}

const goesOn = /^\s*(?:else|elsif|when|in|rescue|ensure)\b/;

function takeByIndent(text: string, islands: readonly Island[], ruby: Taking): void {
  const open: { readonly indent: number; readonly close: string }[] = [];
  let next = 0;
  let covered = 0;
  for (let line = 0; line <= text.length && line !== -1; ) {
    const newline = text.indexOf('\n', line);
    const end = newline === -1 ? text.length : newline;
    const indent = indentOf(text, line, end);
    const own: Island[] = [];
    for (let island = islands[next]; island && island.start <= end; island = islands[++next]) own.push(island);
    const first = own[0];
    if (line >= covered && indent !== null) {
      const middle = first?.role === 'statement' && goesOn.test(text.slice(first.start, first.end));
      for (
        let top = open.at(-1);
        top && (indent < top.indent || (indent === top.indent && !middle));
        top = open.at(-1)
      ) {
        ruby.put(`${top.close}\n`);
        open.pop();
      }
    }
    for (const island of own) {
      takeIsland(text, island, ruby);
      covered = Math.max(covered, island.end);
      const close = island.role === 'statement' || island.role === 'output' ? opens(codeOf(text, island)) : null;
      if (close && indent !== null && island === own.at(-1)) open.push({ indent, close });
    }
    line = newline === -1 ? -1 : newline + 1;
  }
  for (const { close } of open.reverse()) ruby.put(`${close}\n`);
}

function codeOf(text: string, { start, end }: Island): string {
  return text.slice(start, end).replace(/\s#\s[^\n]*$/, '');
}

/** Null: the line is blank. */
function indentOf(text: string, line: number, end: number): number | null {
  let at = line;
  while (at < end && (text[at] === ' ' || text[at] === '\t' || text[at] === '\r')) at++;
  return at === end ? null : at - line;
}

/** Each island that is Ruby by itself, or with the `end` that a later one brings. */
function separate(path: string, text: string, islands: readonly Island[]): MadeRuby {
  const ruby = rubyMaker(text);
  for (const island of islands) {
    const code = codeOf(text, island);
    for (const ending of ['\n', '\nend\n', '\n}\n']) {
      if (!parseRuby(path, `def template\n${code}${ending}end`).ok) continue;
      ruby.take(island.start, island.end);
      ruby.put(ending);
      break;
    }
  }
  return ruby.made();
}
