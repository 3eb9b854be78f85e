/** One side of a changed file. */
export interface Side {
  readonly mode: string;
  readonly id: string;
}

/** A changed file before its texts are read. A side is null where the file is not there. */
export interface Change {
  /** The path at the head; for a deleted file the path it had. */
  readonly path: string;
  readonly previousPath: string;
  readonly base: Side | null;
  readonly head: Side | null;
}

/**
 * Reads what `--raw -z` prints: `:<mode> <mode> <id> <id> <status>`, then one path, for a rename two. An id of zeros
 * beside a mode says that git would have to look at the disk.
 */
export function readRawDiff(output: string): readonly Change[] {
  const fields = output.split('\0');
  const changes: Change[] = [];
  for (let at = 0; fields[at]?.startsWith(':'); ) {
    const [baseMode = '', headMode = '', baseId = '', headId = '', status = ''] = (fields[at] ?? '')
      .slice(1)
      .split(' ');
    const renamed = status.startsWith('R');
    const previousPath = fields[at + 1] ?? '';
    const path = renamed ? (fields[at + 2] ?? '') : previousPath;
    changes.push({ path, previousPath, base: side(baseMode, baseId), head: side(headMode, headId) });
    at += renamed ? 3 : 2;
  }
  return changes;
}

function side(mode: string, id: string): Side | null {
  return /^0+$/.test(mode) ? null : { mode, id };
}
