import { type Command, Option } from 'commander';

import type { Verdict } from '../finding.ts';
import { readRepository } from '../git/read.ts';
import type { PullName } from '../github/pull.ts';
import type { Reading } from '../reading.ts';
import type { TextFormat } from '../report/presentation.ts';
import { type DeployOrder, deployOrders } from '../settings.ts';
import { prepare, reviewOf } from '../worker/index.ts';
import { readConfig } from './config.ts';
import { CommandError, type Outcome } from './outcome.ts';
import { type Instead, pullNamed, readNamedPull } from './pull.ts';

/** The options as the command line gives them. */
interface Flags {
  readonly repo?: string;
  readonly base?: string;
  readonly head?: string;
  readonly deployed?: string;
  readonly deployOrder?: DeployOrder;
  readonly config?: string;
  readonly pull?: string;
  readonly format: TextFormat;
}

const formats: readonly TextFormat[] = ['text', 'markdown', 'json', 'sarif'];

const exitStatus: Record<Verdict, 0 | 1 | 2> = { safe: 0, caution: 0, unsafe: 1, unreadable: 2 };

/** `bellows review`: a pull request of a local repository, or one on GitHub without writing to it. */
export function addReview(program: Command, done: (outcome: Outcome) => void): void {
  program
    .command('review')
    .description('Review a pull request before it is merged.')
    .option('--repo <dir>', 'the git repository, bare or not (default: the current directory)')
    .option('--base <rev>', 'the branch that is merged into (default: origin/HEAD, main or master)')
    .option('--head <rev>', 'the commit to review (default: the work tree)')
    .option('--deployed <rev>', 'the commit that runs now (default: the base)')
    .addOption(
      new Option('--deploy-order <order>', 'how a release goes, whatever the settings say').choices(deployOrders),
    )
    .option('--config <file>', "settings to use instead of the base's .github/bellows.yml")
    .option('--pull <owner/repo#n>', 'read a pull request from GitHub, with the token in GITHUB_TOKEN')
    .addOption(new Option('--format <format>', 'what to print').choices(formats).default('text'))
    .addHelpText('after', '\nExit status: 0 safe or caution, 1 unsafe, 2 unreadable, 3 no review.')
    .action(async (flags: Flags) => done(await review(flags)));
}

async function review(flags: Flags): Promise<Outcome> {
  const pull = flags.pull === undefined ? null : remotePull(flags, flags.pull);
  const settings = flags.config === undefined ? null : await readConfig(flags.config);
  const instead = { settings, order: flags.deployOrder ?? null, deployed: flags.deployed ?? null };
  prepare();
  const { reading, repositoryUrl } = pull
    ? await readNamedPull(pull, instead)
    : { reading: await fromDisk(flags, instead), repositoryUrl: null };

  const { mode, comments } = reading.settings;
  const reviewed = await reviewOf(reading, { repositoryUrl, mode, comments, previous: null }, flags.format);
  if (reviewed.text === null) throw new Error(`the review came without its ${flags.format}`);
  return { output: reviewed.text, status: exitStatus[reviewed.review.verdict] };
}

function fromDisk(flags: Flags, instead: Instead): Promise<Reading> {
  return readRepository({
    directory: flags.repo ?? process.cwd(),
    base: flags.base ?? null,
    head: flags.head ?? null,
    ...instead,
  });
}

function remotePull(flags: Flags, name: string): PullName {
  const local = (['repo', 'base', 'head'] as const).find((flag) => flags[flag] !== undefined);
  if (local === undefined) return pullNamed(name);
  throw new CommandError(`--${local} is for a local repository and --pull reads GitHub: leave one of them out`);
}
