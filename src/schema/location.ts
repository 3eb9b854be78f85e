/** A place in a file of the repository. `path` is relative to the repository's root; `line` and `column` count from 1, `column` in UTF-16 units. */
export interface Location {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}
