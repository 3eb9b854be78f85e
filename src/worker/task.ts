import type { FirstReading, Interest, Reading, SourceFile } from '../reading.ts';
import type { CheckOutput, Presentation, TextFormat } from '../report/presentation.ts';
import type { Review } from '../review.ts';

/** What the main thread asks the review thread to do. */
export type Task =
  | { readonly kind: 'interest'; readonly first: FirstReading }
  | { readonly kind: 'names'; readonly first: FirstReading; readonly files: readonly SourceFile[] }
  | {
      readonly kind: 'review';
      readonly reading: Reading;
      readonly presentation: Presentation;
      readonly format: TextFormat | null;
    };

export interface Reviewed {
  readonly review: Review;
  readonly check: CheckOutput;
  /** Null: nothing to say on the pull request. */
  readonly comment: string | null;
  /** The review in the format that was asked for; null where none was. */
  readonly text: string | null;
}

/** What the review thread says: each file that it reads, null once it is read, then the answer. */
export type Message =
  | { readonly kind: 'file'; readonly path: string | null }
  | { readonly kind: 'interest'; readonly interest: Interest }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'reviewed'; readonly reviewed: Reviewed }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string };
