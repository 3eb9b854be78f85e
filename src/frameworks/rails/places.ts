/** Where a migration stands in the tree, by its path alone. */
export interface MigrationPlace {
  /** The app's or engine's folder without a slash at its end, `''` at the top of the repository. */
  readonly root: string;
  readonly version: string;
  /** The migration's name as its file has it: `add_name_to_users`. */
  readonly name: string;
  /** The folder that holds it: `src/api/db/migrate`. */
  readonly folder: string;
  readonly kind: 'schema' | 'data';
  /** `db/post_migrate` says that it runs after the code. */
  readonly when: 'after-code' | 'unstated';
  /** The name in `db/<name>_migrate`, null for the only or first database. */
  readonly databaseName: string | null;
}

/** Rails takes only files that begin with their version (`MigrationFilenameRegexp`). */
const fileName = /^(\d+)_(\w+)\.(?:\w+\.)?rb$/;

/** Null: the file is no migration. Fast: asked of every path of a tree. */
export function migrationPlace(path: string): MigrationPlace | null {
  if (!path.endsWith('.rb')) return null;
  const found = databaseFolder(path);
  if (!found) return null;
  const { root, first } = found;
  const kind = kindOf(first);
  const named = kind && fileName.exec(path.slice(path.lastIndexOf('/') + 1));
  if (!named) return null;
  const [, version = '', name = ''] = named;
  return { root, version, name, folder: path.slice(0, path.lastIndexOf('/')), ...kind };
}

/**
 * A dump of a whole schema: `db/schema.rb` or `db/structure.sql`, `db/<name>_schema.rb` or `db/<name>_structure.sql` of a
 * further database. Null for any other file; `db/data_schema.rb` only keeps the version of the gem `data_migrate`.
 */
export function dumpPlace(path: string): { readonly root: string; readonly databaseName: string | null } | null {
  const ending = endings.find((each) => path.endsWith(each));
  if (ending === undefined) return null;
  const slash = path.lastIndexOf('/');
  const folder = path.slice(0, Math.max(slash, 0));
  if (folder !== 'db' && !folder.endsWith('/db')) return null;
  const root = folder.slice(0, Math.max(folder.length - 3, 0));
  const name = path.slice(slash + 1, -ending.length);
  if (name === '') return { root, databaseName: null };
  return name.endsWith('_') && name !== 'data_' ? { root, databaseName: name.slice(0, -1) } : null;
}

const endings = ['schema.rb', 'structure.sql'];

/** The nearest `db` folder above the file and the folder right below it. */
function databaseFolder(path: string): { readonly root: string; readonly first: string } | null {
  const start = path.startsWith('db/') && path.lastIndexOf('/db/') === -1 ? 0 : path.lastIndexOf('/db/') + 1;
  if (start === 0 && !path.startsWith('db/')) return null;
  const below = start + 'db/'.length;
  const end = path.indexOf('/', below);
  return end === -1 ? null : { root: path.slice(0, Math.max(start - 1, 0)), first: path.slice(below, end) };
}

type Kind = Pick<MigrationPlace, 'kind' | 'when' | 'databaseName'>;

function kindOf(folder: string): Kind | null {
  if (folder === 'migrate') return { kind: 'schema', when: 'unstated', databaseName: null };
  if (folder === 'post_migrate') return { kind: 'schema', when: 'after-code', databaseName: null };
  if (folder === 'data') return { kind: 'data', when: 'unstated', databaseName: null };
  if (!folder.endsWith('_migrate')) return null;
  const name = folder.slice(0, -'_migrate'.length);
  const post = name.endsWith('_post');
  return {
    kind: 'schema',
    when: post ? 'after-code' : 'unstated',
    databaseName: post ? name.slice(0, -'_post'.length) : name,
  };
}
