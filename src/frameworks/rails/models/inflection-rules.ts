import { CallNode, type Node, RegularExpressionNode } from '@ruby/prism/src/nodes.js';

import { parseRuby, walk } from '../../../languages/ruby.ts';
import type { SourceFile } from '../../../reading.ts';
import { positional, wordOf, wordsOf } from './arguments.ts';
import type { InflectionRules, WordRule } from './inflections.ts';

const none: InflectionRules = { plurals: [], singulars: [], uncountables: new Set(), acronyms: new Map() };

/**
 * The rules that `config/initializers/inflections.rb` adds. Only literal arguments are understood; a file that does not
 * parse adds none, as it would not boot either.
 */
export function readInflectionRules(file: SourceFile | null): InflectionRules {
  if (!file) return none;
  const parsed = parseRuby(file.path, file.text);
  if (!parsed.ok) return none;

  const plurals: WordRule[] = [];
  const singulars: WordRule[] = [];
  const uncountables = new Set<string>();
  const acronyms = new Map<string, string>();
  for (const node of walk(parsed.file.program)) {
    if (!(node instanceof CallNode) || !node.receiver) continue;
    const given = positional(node);
    const [first, second] = given;
    const [from, to] = [first ? wordOf(first) : null, second ? wordOf(second) : null];
    if (node.name === 'irregular' && from && to) addIrregular(from, to, { plurals, singulars });
    if (node.name === 'plural') plurals.unshift(...ruleFrom(first, to));
    if (node.name === 'singular') singulars.unshift(...ruleFrom(first, to));
    if (node.name === 'acronym' && from) acronyms.set(from.toLowerCase(), from);
    if (node.name === 'uncountable') {
      for (const word of given.flatMap(wordsOf)) uncountables.add(word.toLowerCase());
    }
  }
  return { plurals, singulars, uncountables, acronyms };
}

function addIrregular(singular: string, plural: string, to: { plurals: WordRule[]; singulars: WordRule[] }): void {
  const ending = (word: string) => new RegExp(`${escaped(word)}$`, 'i');
  to.plurals.unshift(
    { pattern: ending(plural), replacement: plural },
    { pattern: ending(singular), replacement: plural },
  );
  to.singulars.unshift(
    { pattern: ending(plural), replacement: singular },
    { pattern: ending(singular), replacement: singular },
  );
}

function ruleFrom(pattern: Node | undefined, replacement: string | null): WordRule[] {
  if (!pattern || replacement === null) return [];
  const word = wordOf(pattern);
  if (word !== null) return [{ pattern: new RegExp(`${escaped(word)}$`, 'i'), replacement: literal(replacement) }];
  if (!(pattern instanceof RegularExpressionNode)) return [];
  const compiled = safePattern(pattern.unescaped.value, pattern.isIgnoreCase());
  return compiled ? [{ pattern: compiled, replacement: references(replacement) }] : [];
}

/**
 * Null where the pattern might take long on a hostile word: the text of a pull request is compiled here. Without nested
 * repetition and with one unbounded one at most, matching a name is linear enough.
 */
function safePattern(source: string, ignoreCase: boolean): RegExp | null {
  if (source.length > 100 || (source.match(/[*+{]/g) ?? []).length > 1 || source.includes('(?<')) return null;
  try {
    return new RegExp(source.replaceAll('\\A', '^').replace(/\\[zZ]/g, '$'), ignoreCase ? 'i' : '');
  } catch {
    return null;
  }
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function literal(replacement: string): string {
  return replacement.replaceAll('$', '$$$$');
}

function references(replacement: string): string {
  return literal(replacement).replace(/\\(\d)/g, '$$$1');
}
