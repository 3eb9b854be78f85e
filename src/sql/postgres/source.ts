import type { Location } from '../../schema/location.ts';
import type { Place } from '../statement.ts';
import { tokenFrom } from './tokens.ts';

/** A text as it was parsed: what the parser's byte offsets mean in it. All offsets given and taken are UTF-16 units. */
export interface Source {
  readonly text: string;
  /** Where a byte of what was parsed is. The parser leaves out an offset of 0. */
  readonly offset: (byte: number | undefined) => number;
  readonly at: (offset: number) => Location;
}

/** The stretch of a text that was given to the parser. */
export function sourceOf(text: string, start: number, end: number, place: Place): Source {
  const units = unitsOf(text.slice(start, end));
  return {
    text,
    offset: (byte) => start + (units ? (units[byte ?? 0] ?? end - start) : (byte ?? 0)),
    at: place,
  };
}

/** For each byte of the text in UTF-8 the UTF-16 unit that it belongs to. Null where both are the same. */
function unitsOf(text: string): Uint32Array | null {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes === text.length) return null;
  const units = new Uint32Array(bytes + 1);
  let byte = 0;
  for (let unit = 0; unit < text.length; unit++) {
    const code = text.charCodeAt(unit);
    const high = code >= 0xd800 && code < 0xdc00;
    const length = code < 0x80 ? 1 : code < 0x800 ? 2 : high ? 4 : 3;
    units.fill(unit, byte, byte + length);
    byte += length;
    if (high) unit++;
  }
  units[byte] = text.length;
  return units;
}

/** The text between two places on one line. */
export function slice(source: Source, start: number, end: number): string {
  return source.text.slice(start, end).replace(/\s+/g, ' ').trim();
}

/** Where the clause that begins here ends: at the comma, bracket or `;` that closes it. */
export function clauseEnd(source: Source, start: number): number {
  const { text } = source;
  let depth = 0;
  let end = start;
  for (let token = tokenFrom(text, start); token; token = tokenFrom(text, token.end)) {
    const symbol = token.kind === 'symbol' ? text[token.start] : '';
    if (symbol === '(' || symbol === '[') depth++;
    if (depth === 0 && (symbol === ',' || symbol === ')' || symbol === ']' || symbol === ';')) return end;
    if (symbol === ')' || symbol === ']') depth--;
    end = token.end;
  }
  return end;
}

/** Where each comma-separated clause begins, from a place on, up to what closes the list. */
export function clauseStarts(source: Source, start: number): readonly number[] {
  const starts: number[] = [];
  for (let at: number | null = start; at !== null; ) {
    const first = tokenFrom(source.text, at);
    if (!first) break;
    starts.push(first.start);
    const next = tokenFrom(source.text, clauseEnd(source, first.start));
    at = next && source.text[next.start] === ',' ? next.end : null;
  }
  return starts;
}

/** The end of the first word, in any case, that stands outside brackets from a place on; null where there is none. */
export function afterWord(source: Source, start: number, word: string): number | null {
  const { text } = source;
  let depth = 0;
  for (let token = tokenFrom(text, start); token; token = tokenFrom(text, token.end)) {
    const found = text.slice(token.start, token.end);
    if (token.kind === 'symbol' && (found === '(' || found === '[')) depth++;
    else if (token.kind === 'symbol' && (found === ')' || found === ']')) depth--;
    else if (token.kind === 'symbol' && found === ';') return null;
    else if (depth === 0 && token.kind === 'word' && found.toLowerCase() === word) return token.end;
  }
  return null;
}

/** What stands between the first bracket from a place on and the one that closes it, as offsets. */
export function bracketed(source: Source, start: number): { readonly start: number; readonly end: number } | null {
  const { text } = source;
  for (let token = tokenFrom(text, start); token; token = tokenFrom(text, token.end)) {
    const symbol = token.kind === 'symbol' ? text[token.start] : '';
    if (symbol === ';') return null;
    if (symbol === '(') return { start: token.end, end: listEnd(source, token.end) };
  }
  return null;
}

function listEnd(source: Source, start: number): number {
  let end = clauseEnd(source, start);
  for (let next = tokenFrom(source.text, end); next && source.text[next.start] === ','; ) {
    end = clauseEnd(source, next.end);
    next = tokenFrom(source.text, end);
  }
  return end;
}
