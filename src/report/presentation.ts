import type { Verdict } from '../finding.ts';

/** What a report knows besides the review: where it will stand and what was said before. */
export interface Presentation {
  /** `https://github.com/owner/name`, for permalinks at the reviewed commit. Null: paths stand without links. */
  readonly repositoryUrl: string | null;
  /** `advise` says the same and blocks nothing. */
  readonly mode: 'block' | 'advise';
  /** `risks`: a pull request that is safe gets no comment at all. */
  readonly comments: 'all' | 'risks';
  /** What the comment of this pull request said before, read from its hidden marker. */
  readonly previous: Previous | null;
}

export interface Previous {
  /** Handle → finding id: a finding keeps the handle it was given first. */
  readonly handles: Readonly<Record<string, string>>;
  readonly verdict: Verdict;
  readonly head: string;
}

export type Conclusion = 'success' | 'neutral' | 'failure' | 'action_required';

export interface Annotation {
  readonly path: string;
  readonly line: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

/** The check run's output, within GitHub's limits. */
export interface CheckOutput {
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

export type TextFormat = 'text' | 'markdown' | 'json' | 'sarif';
