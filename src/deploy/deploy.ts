import type { Location } from '../schema/location.ts';
import type { Database, Migration } from '../schema/migration.ts';
import type { Schema } from '../schema/schema.ts';
import type { DeployOrder } from '../settings.ts';

/** How sure it is that the code at a place means this table or column. `possible` never blocks. */
export type Certainty = 'certain' | 'likely' | 'possible';

/**
 * What the code does there. `insert` is an INSERT whose column list the ORM writes; `declare` is a declaration that
 * sends nothing to the database by itself (a bare association).
 */
export type Access = 'read' | 'write' | 'insert' | 'declare';

/** A column, or a table as a whole where `column` is null. */
export interface Name {
  readonly table: string;
  readonly column: string | null;
}

/** A place in code that needs something of the schema. */
export interface Reference {
  readonly table: string;
  /** Null: only the table is needed. */
  readonly column: string | null;
  /**
   * A process that never saw one of these names gets nil before it asks for this one, and no error. Left out: it asks,
   * whatever it saw.
   */
  readonly nilWithout?: readonly Name[];
  readonly access: Access;
  readonly at: Location;
  readonly certainty: Certainty;
  /** One clause that completes "it counts because it is …": "an attribute read in its own model". */
  readonly because: string;
  /** The line of code at `at`, for quoting. */
  readonly quote: string;
  /** True where the ORM names it only because the database had it when the process started: a restart names it no more. */
  readonly untilRestart?: boolean;
}

/** A reference of the new code, with the part that the pull request has in it. */
export interface NewReference extends Reference {
  /** The pull request adds or changes its line, or newly reaches it. */
  readonly changed: boolean;
  /** Only files that are new in the pull request can reach it: a feature that nobody has yet. */
  readonly fresh: boolean;
}

export interface App {
  /** The app's folder, `''` at the top of the repository. */
  readonly root: string;
  readonly framework: string;
  readonly database: Database;
  /** Where the database was told from. Null: nothing told, the most common one was taken. */
  readonly databaseEvidence: { readonly path: string; readonly line: number } | null;
}

export interface Order {
  /** The rollout's name where the settings declare several, else null. */
  readonly rollout: string | null;
  readonly order: DeployOrder;
  readonly source: 'declared' | 'inferred' | 'assumed';
  readonly evidence: readonly { readonly path: string; readonly line: number }[];
}

/** A migration that ran and that the pull request gives another text. */
export interface EditedMigration {
  /** As it ran. */
  readonly before: Migration;
  /** As the pull request leaves it; null where it deletes it. */
  readonly after: Migration | null;
}

/** What the next deployment rolls out, for one app. */
export interface Deploy {
  readonly app: App;
  /** What runs now: the old code's needs and the schema it meets. */
  readonly before: { readonly schema: Schema; readonly references: readonly Reference[] };
  /** Merged and not deployed: runs first. */
  readonly pending: readonly Migration[];
  readonly migrations: readonly Migration[];
  /** What ran already and the pull request edits or deletes: none of it runs again. */
  readonly edited: readonly EditedMigration[];
  /** The new code's needs. */
  readonly after: { readonly references: readonly NewReference[] };
  readonly order: Order;
}
