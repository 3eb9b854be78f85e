import type { Command } from 'commander';

import { CommandError, type Outcome } from './outcome.ts';

/** `bellows serve`: the GitHub App, until it is told to stop. */
export function addServe(program: Command, done: (outcome: Outcome) => void): void {
  program
    .command('serve')
    .description('Start the GitHub App.')
    .action(async () => {
      const { start } = await import('../main.ts');
      await start().catch((error: unknown) => {
        throw new CommandError(error instanceof Error ? error.message : String(error));
      });
      done(null);
    });
}
