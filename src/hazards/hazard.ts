import type { Access, Certainty, Deploy } from '../deploy/deploy.ts';
import type { Location } from '../schema/location.ts';
import type { Operation } from '../schema/operation.ts';
import type { Settings } from '../settings.ts';

export type Risk = 'compatibility' | 'lock' | 'data' | 'process';
export type Severity = 'blocking' | 'warning' | 'note';
export type Window = 'new-code-old-schema' | 'old-code-new-schema';

/** A line that shows the harm. `side` is the tree it stands in. */
export interface Evidence {
  readonly side: 'head' | 'target' | 'deployed';
  readonly at: Location;
  readonly access: Access;
  readonly certainty: Certainty;
  readonly because: string;
  /** The line's text, for quoting. */
  readonly quote: string;
  /** See `Reference.untilRestart`. */
  readonly untilRestart?: boolean;
}

export interface Duration {
  /** Shortest and longest, in seconds. */
  readonly seconds: readonly [number, number];
  readonly basis: string;
}

/** One occurrence of a hazard, as the hazard itself tells it; the runner adds who and where it is. */
export interface Problem {
  readonly severity: Severity;
  readonly window: Window | null;
  readonly at: Location;
  readonly operation: Operation | null;
  readonly needs: { readonly table: string; readonly column: string | null };
  /** Best first. */
  readonly evidence: readonly Evidence[];
  readonly duration: Duration | null;
  /** What users notice, as a clause that follows "Unsafe as one release: ": "comments fail until the migration ends". */
  readonly harm: string;
  /** What happens, one sentence. */
  readonly message: string;
  /** What to do now, one sentence or a short list. */
  readonly remedy: string;
}

export interface Hazard {
  /** Names the harm and reads after "allow"; also the file's name and its spec's. */
  readonly id: string;
  readonly title: string;
  readonly risk: Risk;
  /** Why it is one, one sentence. */
  readonly why: string;
  readonly find: (deploy: Deploy, facts: Facts) => Iterable<Problem>;
}

/** What hazards may ask besides the deploy. */
export interface Facts {
  readonly settings: Settings;
  /** Which commit's tree the old code's lines stand in. */
  readonly oldSide: 'target' | 'deployed';
}
