/** What a command says when it is done: all of its output and the exit status. Null: it goes on running. */
export type Outcome = { readonly output: string; readonly status: 0 | 1 | 2 } | null;

/** A command that was not carried out. The message is one sentence that says why and what to do. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandError';
  }
}
