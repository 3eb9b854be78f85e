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

/** A place in code that needs something of the schema. */
export interface Reference {
  readonly table: string;
  /** Null: only the table is needed. */
  readonly column: string | null;
  readonly access: Access;
  readonly at: Location;
  readonly certainty: Certainty;
  /** One clause that completes "it counts because it is …": "an attribute read in its own model". */
  readonly because: string;
  /** The line of code at `at`, for quoting. */
  readonly quote: string;
}

/** A reference of the new code, with the part that the pull request has in it. */
export interface NewReference extends Reference {
  /** The pull request adds or changes its line, or newly reaches it. */
  readonly changed: boolean;
  /** Only files that are new in the pull request can reach it: a feature that nobody has yet. */
  readonly fresh: boolean;
  /**
   * No line names it: the process read it from the schema when it started and names it until it ends. It is needed only
   * where it was there at the start.
   */
  readonly cached: boolean;
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

/** What the next deployment rolls out, for one app. */
export interface Deploy {
  readonly app: App;
  /** What runs now: the old code's needs and the schema it meets. */
  readonly before: { readonly schema: Schema; readonly references: readonly Reference[] };
  /** Merged and not deployed: runs first. */
  readonly pending: readonly Migration[];
  readonly migrations: readonly Migration[];
  /** The new code's needs. */
  readonly after: { readonly references: readonly NewReference[] };
  readonly order: Order;
}
