import type { PullName, ReadPull } from '../github/pull.ts';
import { type DeployOrder, type Settings, withOrder } from '../settings.ts';
import { CommandError } from './outcome.ts';

/** What the command line says instead of the target's settings. */
export interface Instead {
  readonly settings: Settings | null;
  readonly order: DeployOrder | null;
  /** The commit that runs now. Null: the target. */
  readonly deployed: string | null;
}

/**
 * Reads `owner/repo#12`.
 * @throws CommandError when it is something else
 */
export function pullNamed(text: string): PullName {
  const [, owner, repo, number] = /^(?!\.{1,2}\/)([\w.-]+)\/(?!\.{1,2}#)([\w.-]+)#([1-9]\d{0,9})$/.exec(text) ?? [];
  if (!owner || !repo || !number)
    throw new CommandError(`\`${text}\` (--pull) names no pull request: write OWNER/REPO#N`);
  return { owner, repo, number: Number(number) };
}

/** Reads a pull request from GitHub, or from the server that GITHUB_API_URL names. Only this loads GitHub's client. */
export async function readNamedPull(pull: PullName, { settings, order, deployed }: Instead): Promise<ReadPull> {
  const { readPull } = await import('../github/pull.ts');
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL } = process.env;
  const [token, apiUrl] = [GITHUB_TOKEN || GH_TOKEN || null, GITHUB_API_URL || null];
  const { reading, repositoryUrl } = await readPull({ pull, token, apiUrl, settings, deployed });
  return { reading: { ...reading, settings: withOrder(reading.settings, order) }, repositoryUrl };
}
