import type { ChangedFile, SourceFile, Tree } from './reading.ts';

/** The tree with the changed files laid over it: what the new code is. Texts of unchanged files stay the same values. */
export function overlay(tree: Tree, changed: readonly ChangedFile[]): Tree {
  const gone = new Set(changed.flatMap((file) => (file.status === 'deleted' ? [file.path] : [file.previousPath])));
  const brought = changed.filter((file) => file.status !== 'deleted');
  const paths = new Set(tree.paths.filter((path) => !gone.has(path)));
  for (const file of brought) paths.add(file.path);

  const replaced = new Set([...gone, ...brought.map((file) => file.path)]);
  const files: SourceFile[] = tree.files.filter((file) => !replaced.has(file.path));
  for (const file of brought) if (file.head !== null) files.push({ path: file.path, text: file.head });
  return { paths: [...paths].sort(), files };
}
