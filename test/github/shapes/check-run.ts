import type { CheckRun, Pull, Repository, World } from '../world.ts';
import { type Json, nodeId } from './account.ts';
import { appShape } from './app.ts';
import { apiOf, htmlOf } from './repository.ts';

export function checkRunShape(world: World, repository: Repository, run: CheckRun): Json {
  const url = `${apiOf(world, repository)}/check-runs/${run.id}`;
  const pulls = [...repository.pulls.values()].filter(
    (pull) => pull.state === 'open' && pull.headSha === run.headSha && pull.head.owner === repository.owner,
  );
  return {
    id: run.id,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    name: run.name,
    url,
    html_url: `${htmlOf(world, repository)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? `${htmlOf(world, repository)}/runs/${run.id}`,
    external_id: run.externalId,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.output.title,
      summary: run.output.summary,
      text: run.output.text,
      annotations_count: run.output.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.id },
    app: appShape(world),
    pull_requests: pulls.map((pull) => minimalPull(world, repository, pull)),
  };
}

/** GitHub lists only pull requests of the repository itself here, never those of forks. */
function minimalPull(world: World, repository: Repository, pull: Pull): Json {
  const repo = { id: repository.id, url: apiOf(world, repository), name: repository.name };
  return {
    id: pull.id,
    number: pull.number,
    url: `${apiOf(world, repository)}/pulls/${pull.number}`,
    head: { ref: pull.head.branch, sha: pull.headSha, repo },
    base: { ref: pull.base, sha: pull.baseSha, repo },
  };
}
