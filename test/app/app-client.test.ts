import type { Probot } from 'probot';
import { describe, expect, it } from 'vitest';

import { connector } from '../../src/github/app-client.ts';

/** A Probot whose every client answers `GET /app` so. */
function probotWith(answer: () => Promise<unknown>): Probot {
  const client = { hook: { wrap: () => {} }, auth: async () => ({ appId: '4711' }), request: answer };
  return { auth: async () => client } as unknown as Probot;
}

describe('the App’s name, by which its comments are known', () => {
  it('is asked for once', async () => {
    let asked = 0;
    const connect = connector(probotWith(async () => ({ data: { slug: `bellows-${++asked}` } })));
    const { app } = await connect(815);
    expect(app.appId).toBe(4711);
    expect(await app.slug()).toBe('bellows-1');
    expect(await (await connect(816)).app.slug()).toBe('bellows-1');
  });

  it('is asked for again where GitHub did not answer: one failure must not last until the next start', async () => {
    let asked = 0;
    const answer = async () => {
      if (++asked === 1) throw new Error('502');
      return { data: { slug: 'bellows' } };
    };
    const { app } = await connector(probotWith(answer))(815);
    await expect(app.slug()).rejects.toThrow('502');
    expect(await app.slug()).toBe('bellows');
  });
});
