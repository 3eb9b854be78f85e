const migrationFile = /^(.*\/)?(\d{1,20})_([A-Za-z0-9_]+)(?:\.[A-Za-z0-9_]+)?\.rb$/;

/** A migration's path in its parts. */
export interface MigrationFile {
  /** With its slash at the end. */
  readonly folder: string;
  readonly version: string;
  readonly name: string;
}

export function migrationFileOf(path: string): MigrationFile | null {
  const parts = migrationFile.exec(path);
  return parts ? { folder: parts[1] ?? '', version: parts[2] ?? '', name: parts[3] ?? '' } : null;
}

/** Beyond the year 9999 a version has no room to count up. */
const highest = 99_999_999_999_998n;

/** Gives out versions and names for new migrations beside those at `paths`. */
export function newMigrationNames(paths: readonly string[]) {
  const files = paths.flatMap((path) => migrationFileOf(path) ?? []);
  const names = new Set(files.map(({ name }) => name.toLowerCase()));
  let newest = files.reduce((most, { version }) => (BigInt(version) > most ? BigInt(version) : most), 0n);
  /** Null where the newest version leaves no room. */
  return (folder: string, wanted: string): { path: string; name: string; version: string } | null => {
    if (newest > highest) return null;
    const name = freeName(wanted, names);
    names.add(name);
    newest += 1n;
    const version = newest.toString();
    return { path: `${folder}${version}_${name}.rb`, name, version };
  };
}

/** Rails refuses two migrations of one name. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const name = number === 2 ? wanted : `${wanted}_${number - 1}`;
    if (!taken.has(name)) return name;
  }
}

/** `db/migrate/` is dumped to `db/schema.rb` or `db/structure.sql`, `db/animals_migrate/` to `db/animals_schema.rb`. */
export function dumpsOf(folder: string): readonly string[] {
  const parts = /^(.*\/)?(?:([a-z0-9_]+)_)?migrate\/$/.exec(folder);
  if (!parts) return [];
  const database = parts[2] === undefined || parts[2] === 'post' ? '' : `${parts[2]}_`;
  return ['schema.rb', 'structure.sql'].map((file) => `${parts[1] ?? ''}${database}${file}`);
}

/** A dump that says that the new version ran too, and nothing else. Left as it is where its line is not found. */
export function dumpWithVersion(path: string, text: string, version: string): string {
  return (path.endsWith('.rb') ? inSchema(text, version) : inStructure(text, version)) ?? text;
}

function inSchema(text: string, version: string): string | null {
  const found = /\bdefine\(version: ([\d_]{1,30})\)/.exec(text);
  if (!found?.[1]) return null;
  const written = found[1].includes('_') ? version.replace(/^(\d{4})(\d\d)(\d\d)(\d{6})$/, '$1_$2_$3_$4') : version;
  const start = found.index + found[0].indexOf(found[1]);
  return text.slice(0, start) + written + text.slice(start + found[1].length);
}

/** The list of versions at the end of `structure.sql`: newest first since Rails 7.1, before that newest last. */
function inStructure(text: string, version: string): string | null {
  const list = text.indexOf('INTO `schema_migrations` (version) VALUES');
  const first = list === -1 ? -1 : text.indexOf('\n', list) + 1;
  const lines = first > 0 ? text.slice(first).split('\n') : [];
  const length = lines.findIndex((line) => line.endsWith(';')) + 1;
  const versions = lines.slice(0, length).map((line) => /^\('(\d+)'\)[,;]$/.exec(line)?.[1] ?? '');
  const [oldest, newest] = [versions[0] ?? '', versions.at(-1) ?? ''];
  if (oldest === '' || newest === '') return null;
  const descending = BigInt(oldest) > BigInt(newest);
  const changed = descending
    ? [`('${version}'),`, ...lines]
    : [...lines.slice(0, length - 1), `('${newest}'),`, `('${version}');`, ...lines.slice(length)];
  return text.slice(0, first) + changed.join('\n');
}
