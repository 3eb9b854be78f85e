import type { FirstReading, Reading, Tree, Unread } from '../reading.ts';

/** The reading as if the file's text had not come, with the reason. A changed file loses both texts. */
export function withoutFile(reading: Reading, path: string, reason: string): Reading {
  const note: Unread = { path, line: 1, reason };
  return {
    ...firstWithoutFile(reading, path),
    relevant: reading.relevant,
    targetTree: treeWithout(reading.targetTree, path),
    runningTree: treeWithout(reading.runningTree, path),
    unread: [...reading.unread, note],
  };
}

export function firstWithoutFile<First extends FirstReading>(first: First, path: string): First {
  return {
    ...first,
    changed: first.changed.map((file) => (file.path === path ? { ...file, base: null, head: null } : file)),
  };
}

function treeWithout(tree: Tree, path: string): Tree {
  return { ...tree, files: tree.files.filter((file) => file.path !== path) };
}
