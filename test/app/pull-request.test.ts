import { describe, expect, it } from 'vitest';

import { checkRun } from '../../src/handlers/check-run.ts';
import { pullRequest } from '../../src/handlers/pull-request.ts';

const sha = 'a'.repeat(40);

function payload(more: object = {}, pull: object = {}) {
  return {
    action: 'opened',
    installation: { id: 815 },
    repository: { name: 'shop', owner: { login: 'acme' }, html_url: 'https://github.com/acme/shop' },
    pull_request: {
      number: 7,
      head: { sha, repo: null },
      base: { ref: 'main', sha: 'b'.repeat(40) },
      draft: true,
      changed_files: 3,
      comments: 2,
      ...pull,
    },
    ...more,
  };
}

const jobOf = (event: unknown) => pullRequest.jobOf({ id: 'guid', payload: event });

describe('pull_request', () => {
  it('points to the pull request', () => {
    const name = { owner: 'acme', repo: 'shop', number: 7 };
    expect(jobOf(payload())).toEqual({
      delivery: 'guid',
      installation: 815,
      ...name,
      asked: false,
      facts: {
        ...name,
        baseRef: 'main',
        head: sha,
        changedFiles: 3,
        draft: true,
        comments: 2,
        repositoryUrl: 'https://github.com/acme/shop',
      },
    });
  });

  it.each(['opened', 'reopened', 'synchronize', 'ready_for_review'])('hears %s', (action) => {
    expect(jobOf(payload({ action }))).not.toBeNull();
  });

  it.each(['closed', 'labeled', 'assigned', 'converted_to_draft', 'dequeued', 'something new'])(
    'passes over %s',
    (action) => {
      expect(jobOf(payload({ action }))).toBeNull();
    },
  );

  it('hears that it was edited where the base changed', () => {
    const edited = (changes: unknown) => jobOf(payload({ action: 'edited', changes }));
    expect(edited({ base: { ref: { from: 'main' }, sha: { from: sha } } })).not.toBeNull();
    expect(edited({ base: { ref: { from: 'main' } } })).not.toBeNull();
    expect(edited({ base: { sha: { from: sha } } })).not.toBeNull();
    expect(edited({ title: { from: 'old' } })).toBeNull();
    expect(edited({ base: {} })).toBeNull();
    expect(edited(undefined)).toBeNull();
    expect(edited(null)).toBeNull();
  });

  it('does without what a review can do without', () => {
    const bare = { draft: undefined, changed_files: undefined, comments: 'many' };
    const job = jobOf(
      payload({ repository: { name: 'shop', owner: { login: 'acme' }, html_url: 'javascript:x' } }, bare),
    );
    expect(job?.facts).toMatchObject({ draft: false, changedFiles: null, comments: null, repositoryUrl: null });
  });

  it('takes nothing from what is no such event', () => {
    expect(jobOf(payload({ installation: undefined }))).toBeNull();
    expect(jobOf(payload({}, { head: { sha: '--upload-pack' } }))).toBeNull();
    expect(jobOf(payload({}, { base: null }))).toBeNull();
    expect(jobOf([])).toBeNull();
    expect(jobOf('opened')).toBeNull();
  });
});

describe('check_run', () => {
  const rerun = (more: object = {}, run: object = {}) => ({
    action: 'rerequested',
    installation: { id: 815 },
    repository: { name: 'shop', owner: { login: 'acme' } },
    check_run: { name: 'bellows', external_id: '7/failure', head_sha: sha, pull_requests: [], ...run },
    ...more,
  });
  const jobFor = (event: unknown) => checkRun.jobOf({ id: 'guid', payload: event });

  it('hears that somebody wants the check again', () => {
    const name = { owner: 'acme', repo: 'shop', number: 7 };
    expect(jobFor(rerun())).toEqual({ delivery: 'guid', installation: 815, ...name, facts: null, asked: true });
  });

  it('passes over every other check run, its own among them', () => {
    for (const action of ['created', 'completed', 'requested_action']) expect(jobFor(rerun({ action }))).toBeNull();
    expect(jobFor(rerun({}, { name: 'tests' }))).toBeNull();
    for (const id of ['', '7', '0/failure', '-7/failure', '7/failure ', 'x/success', '99999999999/success']) {
      expect(jobFor(rerun({}, { external_id: id }))).toBeNull();
    }
    expect(jobFor(rerun({ installation: undefined }))).toBeNull();
    expect(jobFor(null)).toBeNull();
  });
});
