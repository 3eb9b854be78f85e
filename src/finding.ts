import type { Problem, Risk } from './hazards/hazard.ts';
import type { DeclaredSeverity } from './settings.ts';

export type Verdict = 'safe' | 'caution' | 'unsafe' | 'unreadable';

/** A `Problem` with its name: what every report shows. */
export interface Finding extends Problem {
  /** A hash of app, hazard, operation, what is needed and window; not of lines, so it survives a rebase. */
  readonly id: string;
  /** Short name for people (`B1`, `L1`), stable for a pull request's life. */
  readonly handle: string;
  readonly hazard: string;
  readonly title: string;
  readonly risk: Risk;
  /**
   * What the settings say in place of the severity that it has by itself; null where they leave it as it is. `off` is a
   * note of which no text for people tells.
   */
  readonly ruled: DeclaredSeverity | null;
  /** The rollouts in which it is as severe as it says; empty where only one is declared. */
  readonly rollouts: readonly string[];
  readonly app: string;
  readonly why: string;
  /** How many further pieces of evidence there are beside `evidence`. */
  readonly more: number;
}
