import type { Flavour } from './token.ts';

/** A comment: where it ends, and whether what stands in it is executed. Null end: it is never closed. */
export interface Comment {
  readonly end: number | null;
  readonly executed: boolean;
}

const blank = /[\s\p{Cc}]/u;
const opening = /\/\*M?!/y;
const version = /\d{5,6}/y;
const mark = /\/\*|\*\//g;

/**
 * The comment that begins at this place, null where none does. `--` begins one only before a blank.
 * https://dev.mysql.com/doc/refman/8.4/en/comments.html, https://mariadb.com/kb/en/comment-syntax/
 */
export function commentAt(text: string, start: number, flavour: Flavour): Comment | null {
  const first = text[start];
  if (first === '#' || (first === '-' && isDashes(text, start))) return { end: lineEnd(text, start), executed: false };
  if (first !== '/' || text[start + 1] !== '*') return null;
  opening.lastIndex = start;
  const opened = opening.exec(text)?.[0];
  if (opened === undefined) return { end: closing(text, start + 2), executed: false };
  version.lastIndex = start + opened.length;
  const digits = version.exec(text)?.[0] ?? '';
  if (isExecuted(Number(digits), opened, flavour)) {
    return { end: start + opened.length + digits.length, executed: true };
  }
  return { end: nestedEnd(text, start + 2), executed: false };
}

/** Where the line ends that a place stands in. */
export function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

function isDashes(text: string, start: number): boolean {
  const third = text[start + 2];
  return text[start + 1] === '-' && (third === undefined || blank.test(third));
}

function closing(text: string, start: number): number | null {
  const end = text.indexOf('*/', start);
  return end === -1 ? null : end + 2;
}

/**
 * A version that no server of this flavour has is skipped. MariaDB also skips what is meant for MySQL 5.7 and later
 * (50700 to 99999). A driver that does not tell the two apart may meet either, so there both count.
 */
function isExecuted(needed: number, opened: string, flavour: Flavour): boolean {
  if (needed >= 200_000) return false;
  return !(flavour === 'mariadb' && opened === '/*!' && needed >= 50_700 && needed <= 99_999);
}

/** The end of a comment that is skipped: others may stand in it. */
function nestedEnd(text: string, start: number): number | null {
  let depth = 1;
  mark.lastIndex = start;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === '*/' ? -1 : 1;
    if (depth === 0) return mark.lastIndex;
  }
  return null;
}
