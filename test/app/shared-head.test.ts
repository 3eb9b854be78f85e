import { describe, expect, it } from 'vitest';

import { serve, until } from './serving.ts';
import { expand, incident } from './shelf.ts';
import { aWhile, stand } from './stand.ts';

const at = stand();
const { openAndWait, reviewed, runs, asked } = at;

/** A branch on which nothing blocks, whatever is merged into it. */
const lenient = () =>
  at.repository.commit('lenient', { '.github/bellows.yml': 'mode: advise\ndeploy:\n  order: code-first\n' });

/** Opens a second pull request of the same head, and waits for what is then said of it. */
async function again(base: string, more: object = {}): Promise<number> {
  const before = runs(await at.repository.tip('feature')).length;
  const number = await at.repository.openPull({ title: 'x', head: 'feature', base, author: 'mallory', ...more });
  await until(() => runs(at.repository.head(number)).length > before);
  await aWhile();
  return number;
}

const mergeable = (number: number) => at.repository.mergeable(number, { requiredChecks: ['bellows'] });

describe('two pull requests of one head, which have one check', () => {
  it('do not turn green because one of them goes where nothing blocks', async () => {
    await lenient();
    const { number } = await openAndWait(incident);
    const other = await again('lenient');
    expect(mergeable(number)).toBe(false);
    const check = runs(at.repository.head(other)).at(-1);
    expect(check?.output.title).toContain(`#${number}`);
    expect(check?.output.summary).toContain('has the same commit and does not pass');
  });

  it('do not when the other changes nothing that matters', async () => {
    const { number, check } = await openAndWait(incident);
    await at.repository.commit('copy', { 'docs.md': 'x\n' }, { parent: check.headSha });
    await reviewed(await at.repository.push('feature', { 'README.md': 'x\n' }));
    await again('copy');
    expect(mergeable(number)).toBe(false);
  });

  it('do not when a fork opens both at once, and the one that is green comes last', async () => {
    await lenient();
    await at.repository.commit('mia:feature', incident);
    const pull = (base: string) => ({ title: 'x', head: 'mia:feature', base, author: 'mia', forkDeleted: true });
    at.github.faults.delay('GET', /pulls\/2$/, 2_000, 1);
    const number = await at.repository.openPull(pull('main'));
    await at.repository.openPull(pull('lenient'));
    const head = at.repository.head(number);
    await until(() => runs(head).length === 2);
    await aWhile();
    expect(mergeable(number)).toBe(false);
  });

  it('do not when the app was started anew in between', async () => {
    await lenient();
    await at.repository.commit('mia:feature', incident);
    const pull = (base: string) => ({ title: 'x', head: 'mia:feature', base, author: 'mia' });
    const number = await at.repository.openPull(pull('main'));
    await reviewed(at.repository.head(number));
    const restarted = await serve(at.github);
    await at.repository.openPull(pull('lenient'));
    await until(() => runs(at.repository.head(number)).length === 2);
    at.github.connect(at.app.webhookUrl);
    expect(await restarted.stop()).toBe(0);
    expect(mergeable(number)).toBe(false);
  });

  it('do not when GitHub does not say how the other stands', async () => {
    await lenient();
    const { number } = await openAndWait(incident);
    at.github.faults.answer('GET', /commits\/.*check-runs/, { status: 500 });
    await again('lenient');
    expect(mergeable(number)).toBe(false);
  });

  it('are green where both are', async () => {
    await lenient();
    const { number } = await openAndWait(expand);
    expect(mergeable(await again('lenient'))).toBe(true);
    expect(mergeable(number)).toBe(true);
  });

  it('are green where the one that is not was closed, or has moved on', async () => {
    await lenient();
    const { number } = await openAndWait(incident);
    await at.repository.close(number);
    expect(mergeable(await again('lenient'))).toBe(true);
  });

  it('are not written to again by what was delivered before', async () => {
    const { check } = await openAndWait(incident);
    const [delivery] = at.github.deliveries.slice(-1);
    await at.github.redeliver(delivery?.guid ?? '');
    await until(() => asked().filter((operation) => operation === 'POST /graphql').length === 2);
    await aWhile(1_000);
    expect(runs(check.headSha)).toHaveLength(1);
  });

  it('cost no request while a head has one pull request', async () => {
    await openAndWait({ 'README.md': 'x\n' });
    expect(asked()).toHaveLength(2);
  });
});
