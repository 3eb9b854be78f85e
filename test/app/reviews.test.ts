import { describe, expect, it } from 'vitest';

import { until } from './serving.ts';
import { expand, incident, shelf } from './shelf.ts';
import { aWhile, stand } from './stand.ts';

const at = stand();
const { open, openAndWait, reviewed, runs, asked } = at;

describe('a pull request that is unsafe', () => {
  it('gets a comment and a failing check, in at most eight requests', async () => {
    const { number, check } = await openAndWait(incident);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure', headSha: at.repository.head(number) });
    expect(check.output.annotations).not.toEqual([]);
    const [comment, ...others] = at.repository.comments(number);
    expect(comment).toMatchObject({ author: 'bellows[bot]', edits: 0 });
    expect(comment?.body).toContain('moderated_at');
    expect(comment?.body).toContain('.github/bellows.yml:2');
    expect(others).toEqual([]);
    expect(asked().filter((operation) => !operation?.includes('access_tokens')).length).toBeLessThanOrEqual(8);
    expect(at.repository.mergeable(number, { requiredChecks: ['bellows'] })).toBe(false);
  });

  it('downloads the tree of a known target once', async () => {
    const { number } = await openAndWait(incident);
    at.github.ledger.length = 0;
    await reviewed(await at.repository.push('feature', { 'README.md': 'x\n' }));
    expect(asked()).toEqual([
      'GET /repos/{owner}/{repo}/compare/{basehead}',
      'POST /graphql',
      'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
      'GET /repos/{owner}/{repo}/pulls/{pull_number}',
      'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
      'POST /repos/{owner}/{repo}/check-runs',
    ]);
    expect(at.repository.comments(number)).toHaveLength(1);
  });

  it('settles in place once it is fixed, and is told anew when it breaks again', async () => {
    const { number } = await openAndWait(incident);
    const [first] = at.repository.comments(number);
    expect((await reviewed(await at.repository.push('feature', expand))).conclusion).toBe('success');
    expect(at.repository.comments(number)).toEqual([expect.objectContaining({ id: first?.id, edits: 1 })]);
    expect(at.repository.mergeable(number, { requiredChecks: ['bellows'] })).toBe(true);

    expect((await reviewed(await at.repository.push('feature', incident))).conclusion).toBe('failure');
    expect(at.repository.comments(number)).toHaveLength(2);
  });

  it('does not touch what a person wrote, marker or not', async () => {
    const { number } = await openAndWait(incident);
    const pasted = await at.repository.commentAs('mia', number, at.repository.comments(number)[0]?.body ?? '');
    for (let more = 0; more < 120; more++) await at.repository.commentAs('tom', number, `Comment ${more}`);
    await reviewed(await at.repository.push('feature', expand));
    const comments = at.repository.comments(number);
    expect(comments.find(({ id }) => id === pasted.id)?.edits).toBe(0);
    expect(comments.filter(({ author }) => author === 'bellows[bot]')).toMatchObject([{ edits: 1 }]);
  });

  it('is judged again when it goes to another branch', async () => {
    await at.repository.commit('release', { '.github/bellows.yml': 'deploy:\n  order: migrations-first\n' });
    const { number, check } = await openAndWait(incident);
    await at.repository.retarget(number, 'release');
    await until(() => runs(check.headSha).length === 2);
    expect(runs(check.headSha).map(({ conclusion }) => conclusion)).toEqual(['failure', 'success']);
    await at.repository.rename(number, 'Another title');
    await aWhile();
    expect(runs(check.headSha)).toHaveLength(2);
  });

  it('from a fork is judged like any other', async () => {
    await at.repository.commit('mia:feature', incident);
    const more = { title: 'x', head: 'mia:feature', base: 'main', author: 'mia', forkDeleted: true };
    const number = await at.repository.openPull(more);
    expect((await reviewed(at.repository.head(number))).conclusion).toBe('failure');
  });
});

describe('a pull request with nothing to say', () => {
  it('gets its check in two requests where it is irrelevant', async () => {
    const { number, check } = await openAndWait({ 'README.md': 'A better shelf.\n' });
    expect(check.conclusion).toBe('success');
    expect(asked()).toEqual(['GET /repos/{owner}/{repo}/compare/{basehead}', 'POST /repos/{owner}/{repo}/check-runs']);
    await reviewed(await at.repository.push('feature', { 'README.md': 'The best shelf.\n' }));
    expect(asked()).toHaveLength(4);
    expect(at.repository.comments(number)).toEqual([]);
  });

  it('that was unsafe before is settled', async () => {
    const { number } = await openAndWait(incident);
    const back = { ...shelf, 'db/migrate/20260102000000_add_moderated_at_to_comments.rb': null, 'README.md': 'x\n' };
    expect((await reviewed(await at.repository.push('feature', back))).conclusion).toBe('success');
    expect(at.repository.comments(number)).toMatchObject([{ edits: 1 }]);
  });
});

describe('a draft', () => {
  it('gets its check and no comment until it is ready', async () => {
    const { number, check } = await openAndWait(incident, { draft: true });
    expect(check.conclusion).toBe('failure');
    expect(at.repository.comments(number)).toEqual([]);
    await at.repository.readyForReview(number);
    await until(() => at.repository.comments(number).length === 1);
  });
});

describe('a pull request that moves', () => {
  it('gets at most two reviews for twenty pushes, and the newest head wins', async () => {
    const { number } = await openAndWait(expand);
    at.github.ledger.length = 0;
    at.github.faults.delay('GET', /compare/, 1_000, 1);
    for (let push = 0; push < 19; push++) void at.repository.push('feature', { 'README.md': `${push}\n` });
    const last = await at.repository.push('feature', incident);
    const check = await reviewed(last);
    await aWhile(500);
    expect(check.conclusion).toBe('failure');
    expect(asked().filter((operation) => operation?.endsWith('/check-runs')).length).toBeLessThanOrEqual(2);
    expect(at.repository.comments(number).at(-1)?.body).toContain(last);
  });

  it('is not written to with what is out of date', async () => {
    let moved: string | null = null;
    at.github.faults.before('GET', /tarball/, async () => {
      moved ??= await at.repository.commit('feature', expand).then(() => at.repository.push('feature', expand));
    });
    const number = await open(incident);
    const stale = at.repository.head(number);
    const fresh = await until(() => moved);
    expect((await reviewed(fresh)).conclusion).toBe('success');
    await aWhile();
    expect(runs(stale)).toEqual([]);
    expect(
      at.repository
        .comments(number)
        .map(({ body }) => body)
        .join(),
    ).not.toContain(stale);
  });

  it('is reviewed though GitHub shows an older head for a moment', async () => {
    const { number, check } = await openAndWait(expand);
    at.repository.lagBehind(number, check.headSha, 1);
    const fresh = await at.repository.push('feature', incident);
    expect((await reviewed(fresh)).conclusion).toBe('failure');
    expect(runs(check.headSha)).toHaveLength(1);
  });

  it('is left alone once it is closed', async () => {
    at.github.faults.before('GET', /tarball/, () => at.repository.close(1), 1);
    const number = await open(incident);
    await until(() => asked().includes('GET /repos/{owner}/{repo}/pulls/{pull_number}'));
    await aWhile();
    expect(runs(at.repository.head(number))).toEqual([]);
    expect(at.repository.comments(number)).toEqual([]);
  });
});

describe('the settings', () => {
  it('are those of the target, never those of the pull request', async () => {
    const { check } = await openAndWait({
      ...incident,
      '.github/bellows.yml': 'mode: advise\ndeploy:\n  order: offline\n',
    });
    expect(check.conclusion).toBe('failure');
  });

  it('that the pull request breaks are named and not applied', async () => {
    const { check } = await openAndWait({ ...expand, '.github/bellows.yml': 'deploy:\n  order: backwards\n' });
    expect(check.conclusion).toBe('success');
    expect(check.output.summary).toContain('.github/bellows.yml:2');
  });

  it('that are broken at the target hold the merge, with the line', async () => {
    await at.repository.commit('main', { '.github/bellows.yml': 'mode: block\nmigratons: true\n' });
    const { number, check } = await openAndWait(expand);
    expect(check.conclusion).toBe('failure');
    expect(`${check.output.title}${check.output.summary}`).toContain('.github/bellows.yml');
    expect(at.repository.comments(number)).toEqual([]);
  });

  it('that are broken can be mended by a pull request', async () => {
    await at.repository.commit('main', { '.github/bellows.yml': 'migratons: true\n' });
    const { check } = await openAndWait({ '.github/bellows.yml': 'deploy:\n  order: code-first\n' });
    expect(check.conclusion).toBe('success');
  });
});
