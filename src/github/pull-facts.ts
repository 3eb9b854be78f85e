/** A pull request as far as a review must know it before it reads: what an event says, and what `pulls/N` says. */
export interface PullFacts {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** The branch that it goes to. */
  readonly baseRef: string;
  /** The commit to review. */
  readonly head: string;
  /** How many files GitHub counts, null where it does not say. */
  readonly changedFiles: number | null;
  readonly draft: boolean;
  /** How many comments there are, null where GitHub does not say. */
  readonly comments: number | null;
  /** `https://github.com/owner/name`. */
  readonly repositoryUrl: string | null;
}
