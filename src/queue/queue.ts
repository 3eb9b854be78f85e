/**
 * Jobs by key, in the order in which their keys came. What every queue promises:
 *
 * - Two jobs of one key never run at once.
 * - Any number of jobs of one key that wait are one job, the newest.
 * - A job that comes while one of its key runs is run once after it.
 * - A job that fails takes nothing else with it. It is tried again where that may help, unless a newer one of its key
 *   comes first, and meanwhile takes no other job's place.
 */
export interface Queue<Job> {
  /** Rejects when the job could not be stored: then nothing was promised to who sent it. */
  readonly add: (job: Job) => Promise<void>;
  /** False while `add` would reject. */
  readonly accepts: () => boolean;
  /** Takes no more jobs, and resolves with how many are left when all are done or the milliseconds are over. */
  readonly drain: (milliseconds: number) => Promise<number>;
}

export interface QueueOptions<Job> {
  readonly keyOf: (job: Job) => string;
  /** `superseded` tells whether a newer job of the same key waits by now. */
  readonly work: (job: Job, superseded: () => boolean) => Promise<void>;
  /** Milliseconds after which a job that failed so many times is tried again. Null, or left out: it is not. */
  readonly again?: (error: unknown, failures: number) => number | null;
  /** Told of a job that failed and is not tried again. */
  readonly failed: (job: Job, error: unknown) => void;
  /** How many jobs run at once. */
  readonly atOnce: number;
  /** How many may wait, those that are to be tried again among them. */
  readonly atMost: number;
}
