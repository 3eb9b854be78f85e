import { readFile } from 'node:fs/promises';

import { Command, CommanderError } from 'commander';

import { GitError } from '../git/git-error.ts';
import { GitHubError } from '../github/github-error.ts';
import { SettingsError } from '../settings.ts';
import { CommandError, type Outcome } from './outcome.ts';
import { print, printLine } from './output.ts';
import { addReview } from './review.ts';
import { addServe } from './serve.ts';

/** Runs one command line and ends the process, unless the command goes on. Never ends with 1 or 2 but by a verdict. */
export async function runProgram(args: readonly string[]): Promise<void> {
  try {
    const outcome = await outcomeOf(args);
    if (outcome === null) {
      process.exitCode = 0;
      return;
    }
    await print(outcome.output);
    process.exit(outcome.status);
  } catch (error) {
    await printLine(sentenceOf(error));
    process.exit(3);
  }
}

async function outcomeOf(args: readonly string[]): Promise<Outcome> {
  let outcome: Outcome = null;
  let said = '';
  const done = (result: Outcome) => {
    outcome = result;
  };
  const program = await newProgram((text) => {
    said += text;
  });
  addReview(program, done);
  addServe(program, done);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (said !== '') return { output: said, status: 0 };
    throw new CommandError(sentenceOfParser(error));
  }
  return outcome;
}

/** The program without commands. It says what it has to say to `say`, ends nothing and hands that down to its commands. */
async function newProgram(say: (text: string) => void): Promise<Command> {
  return new Command('bellows')
    .description('Reviews code and migrations together, and says what breaks while the release rolls out.')
    .version(await version(), '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: say, writeErr: () => {} });
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
}

/** Without a command the parser wants to print the whole help where errors go. */
function sentenceOfParser({ code, message }: CommanderError): string {
  return code === 'commander.help' ? 'name a command: `bellows --help` lists them' : message.replace(/^error: /, '');
}

/** Mistakes that the caller can mend say so themselves. */
const ownSentences = [CommandError, GitError, GitHubError, SettingsError];

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return ownSentences.some((kind) => error instanceof kind) ? message : `Bellows failed, not your change: ${message}`;
}
