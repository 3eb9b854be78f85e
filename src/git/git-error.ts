/** A mistake that the person who called can mend. The message is one sentence: what, where, what to do. */
export class GitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GitError';
  }
}
