export interface WindowAnswer {
  /** Code fails with an error there, with certain or likely evidence, whatever order and severity say. */
  readonly breaks: boolean;
  /** The order lets this mix of code and schema happen. */
  readonly reachable: boolean;
}
