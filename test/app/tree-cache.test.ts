import { describe, expect, it } from 'vitest';

import type { Client } from '../../src/github/client.ts';
import { rememberTrees } from '../../src/github/tree-cache.ts';

const client = {} as Client;

/** Reads trees of one file that is as long as it is told, and counts how often. */
function counted(length: number) {
  const asked: string[] = [];
  const read = rememberTrees(async (_, { commit }) => {
    asked.push(commit);
    return {
      tree: { paths: ['a'], files: [{ path: 'a', text: 'x'.repeat(length - 1) }] },
      unread: [],
      further: ['a', 'b'],
    };
  }, 400);
  const at = (
    commit: string,
    names: readonly string[] = ['a'],
    repo = 'shop',
    further: readonly string[] = [],
    whole: readonly string[] = [],
  ) =>
    read(
      client,
      { owner: 'acme', repo, commit },
      { wants: () => 'whole', whole, names, furtherNames: async () => further },
    );
  return { asked, at };
}

describe('trees that were read', () => {
  it('are not read again, for the same names of the same commit of the same repository', async () => {
    const { asked, at } = counted(10);
    expect(await at('1')).toEqual(await at('1'));
    await at('1', ['b']);
    await at('1', ['a'], 'other');
    await at('2');
    await at('1', ['a'], 'SHOP');
    await at('1', ['a'], 'shop', [], ['a']);
    expect(asked).toEqual(['1', '1', '1', '2', '1']);
  });

  it('are read again where they were not searched for all that their definitions put at stake', async () => {
    const { asked, at } = counted(10);
    await at('1');
    await at('1', ['a'], 'shop', ['b']);
    expect(asked).toEqual(['1']);
    await at('1', ['a'], 'shop', ['b', 'c']);
    expect(asked).toEqual(['1', '1']);
  });

  it('are forgotten when there are too many, the one that nobody asked for first', async () => {
    const { asked, at } = counted(100);
    for (const commit of ['1', '2', '3', '4', '1', '5', '1', '2']) await at(commit);
    expect(asked).toEqual(['1', '2', '3', '4', '5', '2']);
  });

  it('are not kept where they are large', async () => {
    const { asked, at } = counted(101);
    await at('1');
    await at('1');
    expect(asked).toEqual(['1', '1']);
  });
});
