import type { Header } from 'tar-stream';
import { byPath } from '../by-path.ts';
import { type Content, contentOf, symbolicLink, tooLong } from '../content.ts';
import { namesOccur } from '../names.ts';
import { type FurtherNames, maxFileBytes, type SourceFile, type Tree, type Unread, type Want } from '../reading.ts';
import { type Candidates, candidatesUpTo } from './candidates.ts';
import { limitReached } from './github-error.ts';
import { type Taker, unpack, type Visit } from './unpack.ts';

/** What to bring of an archive. */
export interface Selection {
  readonly wants: (path: string) => Want;
  /** Paths that are brought though no name occurs. */
  readonly whole: readonly string[];
  /** Of the files wanted if named, those where one of these occurs as a word. */
  readonly names: readonly string[];
  readonly furtherNames: FurtherNames;
}

export interface Scanned {
  readonly tree: Tree;
  readonly unread: readonly Unread[];
  /** The names that it was searched for beside those of the selection. */
  readonly further: readonly string[];
}

/**
 * In bytes. An archive that inflates beyond the first is a bomb; the second is what one review may hold in memory, and
 * the third what may wait until all definitions are known.
 */
export interface ScanLimits {
  readonly inflated: number;
  readonly kept: number;
  readonly waiting: number;
}

const usualLimits: ScanLimits = { inflated: 2 * 1024 ** 3, kept: 256 * 1024 ** 2, waiting: 128 * 1024 ** 2 };

/**
 * Reads a `tar.gz` as it arrives and keeps the texts that are wanted. Nothing is written to disk.
 * @throws GitHubError when it is larger than a limit; Error when it breaks off
 */
export async function scanArchive(
  archive: AsyncIterable<Uint8Array>,
  selection: Selection,
  limits: ScanLimits = usualLimits,
): Promise<Scanned> {
  const found = findings(limits.kept);
  const candidates = selection.furtherNames ? candidatesUpTo(limits.waiting) : null;
  const keep = keeper(selection, { add: found.add, candidates });
  const visit: Visit = (header) => {
    const path = pathOf(header);
    if (path === null) return null;
    found.addPath(path);
    return keep(path, header);
  };
  await unpack(archive, visit, limits.inflated);
  const further = (await selection.furtherNames?.(found.files)) ?? [];
  for (const { path, bytes } of candidates?.release(further) ?? []) found.add(path, contentOf(bytes));
  const unread = [...found.unread, ...notSearched(candidates, further)];
  return {
    tree: { paths: found.paths.sort(), files: found.files.sort(byPath) },
    unread: unread.sort(byPath),
    further,
  };
}

/** What is brought of an archive, at most so many UTF-16 units of it. */
function findings(limit: number) {
  const paths: string[] = [];
  const files: SourceFile[] = [];
  const unread: Unread[] = [];
  let kept = 0;
  const hold = (text: string) => {
    kept += text.length;
    if (kept > limit) throw limitReached(`The repository has more than ${limit / 1024 / 1024} MB of text to read`);
  };
  const add: Add = (path, content) => {
    if (content.text === null) unread.push({ path, line: 1, reason: content.reason });
    else files.push({ path, text: content.text });
    hold(content.text ?? '');
  };
  const addPath = (path: string) => {
    paths.push(path);
    hold(path);
  };
  return { paths, files, unread, add, addPath };
}

type Add = (path: string, content: Content) => void;

/** What is left of an archive's code may still be named so, which nobody knows then. */
function notSearched(candidates: Candidates | null, names: readonly string[]): readonly Unread[] {
  const path = candidates?.refused() ?? null;
  if (path === null || names.length === 0) return [];
  const reason = 'this and the code files after it were searched only for the names that the migration itself writes';
  return [{ path, line: 1, reason }];
}

interface Keeping {
  readonly add: Add;
  readonly candidates: Candidates | null;
}

/**
 * Decides by path and size what to do with a file's bytes. Null: they are not needed. A link's file stands elsewhere in
 * the tree and is read there: only one among the definitions is a gap.
 */
function keeper(
  { wants, whole, names, furtherNames }: Selection,
  { add, candidates }: Keeping,
): (path: string, header: Pick<Header, 'size' | 'type'>) => Taker | null {
  const named = namesOccur(names);
  const kept = new Set(whole);
  return (path, { size, type }) => {
    const want = kept.has(path) ? 'whole' : wants(path);
    if (type === 'symlink') {
      if (want === 'whole') add(path, symbolicLink);
      return null;
    }
    if (want === 'no' || (want === 'if-named' && names.length === 0 && !furtherNames)) return null;
    if (size > maxFileBytes) {
      add(path, tooLong);
      return null;
    }
    return taker((bytes) => {
      if (want === 'whole' || named(bytes)) add(path, contentOf(bytes));
      else candidates?.hold(path, bytes);
    });
  };
}

function taker(end: (bytes: Buffer) => void): Taker {
  const pieces: Buffer[] = [];
  return {
    piece: (bytes) => void pieces.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    end: () => end(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)),
  };
}

/** The archive's single top folder is no part of a path. Null for what is no file, or would lie outside of it. */
function pathOf({ name, type }: Header): string | null {
  if (type !== 'file' && type !== 'contiguous-file' && type !== 'symlink') return null;
  const [, ...parts] = name.split('/');
  const outside = name.startsWith('/') || parts.some((part) => part === '..' || part === '.' || part === '');
  return outside || parts.length === 0 ? null : parts.join('/');
}
