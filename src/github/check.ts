import { prose } from '../report/markdown.ts';
import type { Annotation, CheckOutput } from '../report/presentation.ts';
import type { SettingsError } from '../settings.ts';
import type { Client } from './client.ts';

/** Rulesets name it: it never changes. */
const name = 'bellows';

/** https://docs.github.com/rest/checks/runs: further annotations are added by updates. */
const annotationsPerRequest = 50;

/** GitHub's limit for `summary` and `text`, in characters. */
const longestText = 65_535;

export interface Commit {
  readonly owner: string;
  readonly repo: string;
  readonly head: string;
}

/**
 * Puts a completed check run on a commit. A completed run cannot be opened again: each verdict is a run of its own, and
 * GitHub goes by the newest of a name.
 * @throws GitHubError
 */
export async function completeCheck(client: Client, { owner, repo, head }: Commit, check: CheckOutput): Promise<void> {
  const { title, summary, text, conclusion } = check;
  const output = { title, summary, ...(text === '' ? {} : { text }) };
  const batches = batchesOf(check.annotations);
  const { data } = await client.request('POST /repos/{owner}/{repo}/check-runs', {
    ...{ owner, repo, name, head_sha: head, status: 'completed', conclusion },
    output: { ...output, annotations: batches[0] ?? [] },
  });
  for (const annotations of batches.slice(1)) {
    await client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...{ owner, repo, check_run_id: data.id },
      output: { ...output, annotations },
    });
  }
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
