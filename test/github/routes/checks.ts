import { type Call, notFound, numberOf, page, Refusal, type Route, repositoryOf } from '../http.ts';
import { commitOf } from '../revision.ts';
import { checkRunShape } from '../shapes/check-run.ts';
import { apiOf } from '../shapes/repository.ts';
import { type Annotation, type CheckRun, type Repository, seconds } from '../world.ts';

export const checkRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    needs: { checks: 'read' },
    answer: async (call) => {
      const repository = repositoryOf(call);
      const runs = listed(call, repository, await commitOf(repository, call.params.ref ?? ''));
      const { items, headers } = page(call, runs);
      const shapes = items.map((run) => checkRunShape(call.world, repository, run));
      return { status: 200, body: { total_count: runs.length, check_runs: shapes }, headers };
    },
  },
  { operation: 'POST /repos/{owner}/{repo}/check-runs', needs: { checks: 'write' }, answer: createRun },
  {
    operation: 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}',
    needs: { checks: 'read' },
    answer: (call) => {
      const repository = repositoryOf(call);
      return { status: 200, body: checkRunShape(call.world, repository, runOf(call, repository)) };
    },
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
    needs: { checks: 'write' },
    answer: (call) => {
      const repository = repositoryOf(call);
      const run = runOf(call, repository);
      change(run, call);
      return { status: 200, body: checkRunShape(call.world, repository, run) };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
    needs: { checks: 'read' },
    answer: (call) => {
      const repository = repositoryOf(call);
      const run = runOf(call, repository);
      const { items, headers } = page(call, run.output.annotations);
      const blob = `${apiOf(call.world, repository)}/contents`;
      return { status: 200, body: items.map((each) => annotationShape(blob, run.headSha, each)), headers };
    },
  },
];

async function createRun(call: Call) {
  const { world, body } = call;
  const repository = repositoryOf(call);
  const headSha = await commitOf(repository, String(body.head_sha)).catch(() => {
    throw new Refusal(422, `No commit found for SHA: ${body.head_sha}`, { mistake: true });
  });
  const run: CheckRun = {
    id: world.nextId(),
    headSha,
    name: String(body.name),
    status: 'queued',
    conclusion: null,
    detailsUrl: null,
    externalId: '',
    startedAt: seconds(world.now()),
    completedAt: null,
    output: { title: null, summary: null, text: null, annotations: [] },
  };
  change(run, call);
  repository.checkRuns.set(run.id, run);
  return { status: 201, body: checkRunShape(world, repository, run) };
}

/** Lays what was sent over the run. Annotations are added to those that are there, as GitHub does. */
function change(run: CheckRun, { world, body }: Call): void {
  const conclusion = body.conclusion as string | undefined;
  const status = (conclusion ? 'completed' : (body.status ?? run.status)) as CheckRun['status'];
  if (run.status === 'completed' && status !== 'completed') {
    throw invalid('a completed check run cannot be opened again: create a new one of the same name');
  }
  if (status === 'completed' && !(conclusion ?? run.conclusion)) throw invalid('conclusion is required when completed');
  if (conclusion === 'stale') throw invalid('only GitHub sets the conclusion stale');

  run.name = (body.name as string | undefined) ?? run.name;
  run.status = status;
  run.conclusion = conclusion ?? run.conclusion;
  run.detailsUrl = (body.details_url as string | undefined) ?? run.detailsUrl;
  run.externalId = (body.external_id as string | undefined) ?? run.externalId;
  run.startedAt = (body.started_at as string | undefined) ?? run.startedAt;
  if (status === 'completed') run.completedAt = (body.completed_at as string | undefined) ?? seconds(world.now());
  const output = body.output as (Partial<CheckRun['output']> & { annotations?: Annotation[] }) | undefined;
  if (output) {
    const annotations = [...run.output.annotations, ...(output.annotations ?? [])];
    run.output = { ...run.output, ...output, annotations };
  }
}

function listed({ query }: Call, repository: Repository, sha: string): CheckRun[] {
  const all = [...repository.checkRuns.values()].filter(
    (run) =>
      run.headSha === sha &&
      (query.check_name === undefined || run.name === query.check_name) &&
      (query.status === undefined || run.status === query.status),
  );
  const newestFirst = all.reverse();
  if (query.filter === 'all') return newestFirst;
  return newestFirst.filter((run, index) => newestFirst.findIndex((other) => other.name === run.name) === index);
}

function runOf(call: Call, repository: Repository): CheckRun {
  const run = repository.checkRuns.get(numberOf(call, 'check_run_id'));
  if (!run) throw notFound();
  return run;
}

function annotationShape(blob: string, sha: string, annotation: Annotation) {
  const { path } = annotation;
  const blank = { start_column: null, end_column: null, title: null, raw_details: null };
  return { ...blank, ...annotation, blob_href: `${blob}/${encodeURI(path)}?ref=${sha}` };
}

/** A rule of GitHub's that its description does not state. */
function invalid(message: string): Refusal {
  return new Refusal(422, 'Invalid request.', { errors: [message], mistake: true });
}
