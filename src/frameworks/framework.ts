import type { App, EditedMigration, NewReference, Reference } from '../deploy/deploy.ts';
import type { FirstReading, Interest, Reading, SourceFile, Unread, Want } from '../reading.ts';
import type { Migration } from '../schema/migration.ts';
import type { Schema } from '../schema/schema.ts';

/** Reads one file under watch: what takes too long is blamed on the file, and nothing that follows it is. */
export type Watch = <Result>(path: string, read: () => Result) => Result;

/** What a framework makes of a reading, for one app: a `Deploy` without its order. */
export interface AppReading {
  readonly app: App;
  readonly before: { readonly schema: Schema; readonly references: readonly Reference[] };
  readonly pending: readonly Migration[];
  readonly migrations: readonly Migration[];
  readonly edited: readonly EditedMigration[];
  readonly after: { readonly references: readonly NewReference[] };
  readonly unread: readonly Unread[];
  /** Changed code whose new text could not be read, migrations aside: what it brings was compared with nothing. */
  readonly unreadChanges: readonly Unread[];
  /** Paths of the pull request's files by their part in a split: the dump's change goes with the migrations. */
  readonly dumps: readonly string[];
  /** What generated migrations must know of the project. */
  readonly dialect: MigrationDialect;
}

export interface MigrationDialect {
  readonly framework: string;
  /** The migration API's version as the project writes it (`7.0`), null where unknown. */
  readonly apiVersion: string | null;
  /** Linters of migrations that the project has installed, by name (`strong_migrations`). */
  readonly helpers: readonly string[];
}

/** A migration framework: where its files are, what they do to the schema, what its code needs of it. Pure. */
export interface Framework {
  readonly name: string;
  /** How a file of the tree is wanted in the second round. Fast: asked of every path. */
  readonly wants: (path: string) => Want;
  /** Which names the pull request puts at stake. */
  readonly interest: (reading: FirstReading, watch: Watch) => Interest;
  /** Which further names it puts at stake, told by the definition files of one tree. */
  readonly furtherNames: (reading: FirstReading, files: readonly SourceFile[], watch: Watch) => readonly string[];
  readonly read: (reading: Reading, watch: Watch) => readonly AppReading[];
}
