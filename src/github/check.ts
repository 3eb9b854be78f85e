import { clip } from '../report/escape.ts';
import { prose } from '../report/markdown.ts';
import type { Annotation, CheckOutput, Conclusion } from '../report/presentation.ts';
import type { SettingsError } from '../settings.ts';
import type { Client } from './client.ts';
import type { Identity } from './comment.ts';
import type { OfHead } from './heads.ts';

/** Rulesets name it: it never changes. */
const name = 'bellows';

/** https://docs.github.com/rest/checks/runs: further annotations are added by updates. */
const annotationsPerRequest = 50;

/** GitHub's limit for `summary` and `text`, in characters. */
const longestText = 65_535;
const longestTitle = 255;

/** What a pull request's own verdict came to, whatever the check that it shares says. */
export interface Judged {
  readonly number: number;
  readonly conclusion: Conclusion;
}

/** https://docs.github.com/rest/checks/runs: both let a required check pass. */
export function passes(conclusion: Conclusion | null): boolean {
  return conclusion === 'success' || conclusion === 'neutral';
}

/**
 * Puts a completed check run on a commit. A completed run cannot be opened again: each verdict is a run of its own, and
 * GitHub goes by the newest of a name. Resolves to the numbers of the pull requests that GitHub says have the commit.
 * @throws GitHubError
 */
export async function completeCheck(
  client: Client,
  { owner, repo, number, head }: OfHead,
  { check, own }: { check: CheckOutput; own: Conclusion },
): Promise<readonly number[]> {
  const { title, summary, text, conclusion } = check;
  const output = { title, summary, ...(text === '' ? {} : { text }) };
  const batches = batchesOf(check.annotations);
  const { data } = await client.request('POST /repos/{owner}/{repo}/check-runs', {
    ...{ owner, repo, name, head_sha: head, status: 'completed', conclusion, external_id: `${number}/${own}` },
    output: { ...output, annotations: batches[0] ?? [] },
  });
  for (const annotations of batches.slice(1)) {
    await client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...{ owner, repo, check_run_id: data.id },
      output: { ...output, annotations },
    });
  }
  return (data.pull_requests ?? []).map((pull) => Number(pull.number));
}

/**
 * What was judged of the pull requests that have a commit, the newest of each first.
 * @throws GitHubError
 */
export async function listJudged(client: Client, pull: OfHead, { appId }: Identity): Promise<readonly Judged[]> {
  const { owner, repo, head } = pull;
  const { data } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...{ owner, repo, ref: head, check_name: name, filter: 'all' as const, per_page: 100 },
  });
  const ours = data.check_runs
    .filter((run) => run.app?.id === appId)
    .sort((one, other) => Number(other.id) - Number(one.id));
  return ours.flatMap(({ external_id: id }) => judgedIn(id ?? ''));
}

/** The pull request on whose behalf a check run of ours was put there. Null: it is none of ours. */
export function pullOfCheck(run: { readonly name: string; readonly external_id: string }): number | null {
  return run.name === name ? (judgedIn(run.external_id)[0]?.number ?? null) : null;
}

function judgedIn(externalId: string): Judged[] {
  const found = /^([1-9]\d{0,9})\/(success|neutral|failure|action_required)$/.exec(externalId);
  return found ? [{ number: Number(found[1]), conclusion: found[2] as Conclusion }] : [];
}

/** A check that would pass and does not, since it belongs to another pull request too. */
export function withHold(check: CheckOutput, sentence: string): CheckOutput {
  const way = 'push another commit here, or close the other and re-run this check';
  const note = `**Held:** ${prose(sentence)}. The check belongs to the commit and not to one pull request: ${way}.`;
  const summary = `${note}\n\n${check.summary}`;
  return {
    ...check,
    conclusion: 'failure',
    title: clip(`Held: ${sentence}`, longestTitle),
    summary: summary.length > longestText ? note : summary,
  };
}

type Sent = Record<'path' | 'title' | 'message', string> & {
  start_line: number;
  end_line: number;
  annotation_level: Annotation['level'];
};

export function batchesOf(annotations: readonly Annotation[]): Sent[][] {
  const batches: Sent[][] = [];
  for (let from = 0; from < annotations.length; from += annotationsPerRequest) {
    batches.push(annotations.slice(from, from + annotationsPerRequest).map(sent));
  }
  return batches;
}

function sent({ path, line, level, title, message }: Annotation): Sent {
  return { path, start_line: line, end_line: line, annotation_level: level, title, message };
}

/** Says of settings that the pull request brings, which are not applied before they are merged, that they are broken. */
export function withBrokenSettings(check: CheckOutput, error: SettingsError | null): CheckOutput {
  if (error === null) return check;
  const title = 'These settings cannot be used';
  const note = `**${title}:** ${prose(error.message)}. Until this is merged the settings of the target branch hold.`;
  const summary = `${note}\n\n${check.summary}`;
  const annotation = { path: error.path, line: error.line, level: 'failure', title, message: error.message } as const;
  return {
    ...check,
    summary: summary.length > longestText ? check.summary : summary,
    annotations: [annotation, ...check.annotations],
  };
}
