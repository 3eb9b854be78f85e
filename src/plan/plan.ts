import type { Finding, Verdict } from '../finding.ts';
import type { Location } from '../schema/location.ts';

export type PhaseKind = 'expand' | 'backfill' | 'switch' | 'contract';

export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
  /** The pull request's file whose text this takes the place of, also at the same path. */
  readonly replaces: string | null;
}

/** A part of a changed file that belongs to a phase. */
export interface Hunk {
  readonly path: string;
  readonly patch: string;
}

export interface Phase {
  readonly kind: PhaseKind;
  readonly title: string;
  /** Changed files that this phase brings whole, at their path at the head. */
  readonly files: readonly string[];
  readonly hunks: readonly Hunk[];
  readonly generated: readonly GeneratedFile[];
  readonly mergeAfter: string;
  /** The query that proves that this phase finished; empty where there is nothing to ask. */
  readonly proof: string;
  readonly rollback: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

export interface Unsplit {
  readonly at: Location;
  readonly reason: string;
}

export interface Plan {
  readonly phases: readonly Phase[];
  /** The merged commit that only has to be deployed first, so that nothing is to be split. Left out or null: none. */
  readonly waitsFor?: string | null;
  readonly unsplit: readonly Unsplit[];
}
