import { isUtf8 } from 'node:buffer';

import { maxFileBytes } from './reading.ts';

/** What became of one file's bytes: its text, or the clause that says why there is none. */
export type Content =
  | { readonly text: string; readonly reason: null }
  | { readonly text: null; readonly reason: string };

/** The first line of a pointer, by the Git LFS specification. */
const pointerStart = 'version https://git-lfs.github.com/spec/';

export const absent = unreadable('its content is not in this clone');
export const tooLong = unreadable(`it is longer than ${maxFileBytes / 1024 / 1024} MB`);
export const symbolicLink = unreadable('it is a symbolic link');
export const folder = unreadable('it is a folder');
export const submodule = unreadable('it is a submodule');
export const binary = unreadable('it is binary');
export const unnameable = unreadable('its name is not valid UTF-8');
export const notUtf8 = unreadable('it is not valid UTF-8');

export function unreadable(reason: string): Content {
  return { text: null, reason };
}

/** Decodes a file. A byte order mark is no part of the text. */
export function contentOf(bytes: Buffer): Content {
  if (bytes.length > maxFileBytes) return tooLong;
  if (bytes.includes(0)) return binary;
  if (!isUtf8(bytes)) return notUtf8;
  return contentOfText(bytes.toString('utf8'));
}

/** The same of a file that came decoded. */
export function contentOfText(text: string): Content {
  if (text.startsWith(pointerStart)) return unreadable('it is a Git LFS pointer');
  return { text: text.replace(/^\uFEFF/, ''), reason: null };
}
