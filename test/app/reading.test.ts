import { Octokit } from '@octokit/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTree } from '../../src/github/archive.ts';
import { readBlobs } from '../../src/github/blobs.ts';
import { changesOf, listChanges } from '../../src/github/changes.ts';
import { type Client, patient } from '../../src/github/client.ts';
import { limitedFetch } from '../../src/github/fetch.ts';
import type { Selection } from '../../src/github/scan.ts';
import { installationToken } from '../github/client.ts';
import { type GitHub, startGitHub } from '../github/index.ts';
import type { RepositoryControl } from '../github/repository.ts';

let github: GitHub;
let shop: RepositoryControl;
let client: Client;

beforeEach(async () => {
  github = await startGitHub();
  shop = await github.repository('acme', 'shop', { private: true });
  await shop.commit('main', { 'README.md': 'A shop.\n', 'app/cart.rb': 'class Cart\nend\n' });
  const auth = (await installationToken(github)).replace(/^token /, '');
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  client = patient(new Octokit({ baseUrl: github.apiUrl, auth, request: { fetch: limitedFetch }, log: silent }), [1]);
  github.ledger.length = 0;
});

afterEach(() => github.stop());

const place = { owner: 'acme', repo: 'shop' };

const facts = (number: number, head: string) => ({
  ...{ ...place, number, baseRef: 'main', head },
  ...{ draft: false, comments: 0, repositoryUrl: null, changedFiles: null },
});

async function changesOn(branch: string, changedFiles: number | null = null) {
  const number = await shop.openPull({ title: 'x', head: branch, base: 'main', author: 'mia' });
  return listChanges(client, { ...facts(number, shop.head(number)), changedFiles });
}

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f/${String(index).padStart(5, '0')}`, `${index}`]));

describe('which files a pull request changes', () => {
  it('is counted from the merge base, against the newest target, in one request', async () => {
    const base = await shop.tip('main');
    await shop.commit('feature', {
      'READ.md': 'A shop.\n',
      'README.md': null,
      'b.rb': 'b',
      'app/cart.rb': 'class Cart; end\n',
    });
    const target = await shop.commit('main', { 'other.rb': 'somebody else' });
    expect(await changesOn('feature')).toEqual({
      target,
      base,
      changes: [
        { path: 'READ.md', previousPath: 'README.md', status: 'renamed' },
        { path: 'app/cart.rb', previousPath: 'app/cart.rb', status: 'modified' },
        { path: 'b.rb', previousPath: 'b.rb', status: 'added' },
      ],
    });
    expect(github.ledger).toHaveLength(1);
  });

  it('is read from a fork through the repository itself', async () => {
    await shop.commit('mia:feature/x', { 'b.rb': 'b' });
    expect((await changesOn('mia:feature/x')).changes).toMatchObject([{ path: 'b.rb' }]);
  });

  it('is whole beyond the 300 files of a comparison', async () => {
    await shop.commit('feature', many(301));
    expect((await changesOn('feature', 301)).changes).toHaveLength(301);
    expect(github.ledger).toHaveLength(5);
  });

  it('fails where GitHub does not list them all', async () => {
    // Three thousand files in thirty pages, as GitHub ends the list, whatever the pull request has.
    const page = Array.from({ length: 100 }, (_, index) => ({ filename: `f/${index}`, status: 'added' }));
    const compared = { base_commit: { sha: 'a' }, merge_base_commit: { sha: 'b' }, files: Array(300).fill(page[0]) };
    const request = async (route: string) => ({ data: route.includes('compare') ? compared : page });
    const listing = (changedFiles: number | null) =>
      listChanges({ request } as unknown as Client, { ...facts(1, 'a'), changedFiles });
    await expect(listing(3_001)).rejects.toThrow('changes 3001 files and GitHub lists 3000 of them');
    await expect(listing(null)).rejects.toThrow('at least 3000 files');
    expect((await listing(3_000)).changes).toHaveLength(3_000);
  });

  it('is asked for again where GitHub does not know the head yet', async () => {
    await shop.commit('feature', { 'b.rb': 'b' });
    github.faults.answer('GET', /compare/, { status: 404 });
    expect((await changesOn('feature')).changes).toMatchObject([{ path: 'b.rb' }]);
  });

  it('says so where target and head have nothing in common', async () => {
    await shop.commit('alone', { a: 'a' }, { parent: null });
    await expect(changesOn('alone')).rejects.toThrow('GitHub answered 404');
  });

  it('knows every status', () => {
    const file = (status: string) => ({ filename: 'a', previous_filename: 'z', status });
    const statuses = ['added', 'copied', 'removed', 'modified', 'changed', 'renamed', 'unchanged'];
    expect(changesOf(statuses.map(file)).map(({ status, previousPath }) => `${status} ${previousPath}`)).toEqual([
      'added a',
      'added a',
      'deleted a',
      'modified a',
      'modified a',
      'renamed z',
    ]);
  });
});

const contentsAt = async (commit: string, paths: readonly string[]) => {
  const places = paths.map((path) => ({ commit, path }));
  return (await readBlobs(client, place, { places, head: null })).contents;
};

describe('the texts of files', () => {
  it('come a hundred in a request, in order', async () => {
    const commit = await shop.commit('main', many(102));
    const paths = Object.keys(many(102));
    const contents = await contentsAt(commit, [...paths, 'absent', 'f']);
    expect(contents.slice(0, 102).map((content) => content?.text)).toEqual(paths.map((_, index) => `${index}`));
    expect(contents.slice(102)).toEqual([null, null]);
    expect(github.ledger.map(({ operation }) => operation)).toEqual(['POST /graphql', 'POST /graphql']);
  });

  it('say why there are none', async () => {
    const files = {
      binary: Buffer.from([0, 1, 2]),
      latin: Buffer.from('caf\xe9 caf\xe9', 'latin1'),
      long: 'x'.repeat(1024 * 1024 + 1),
      pointer: 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
      link: { link: 'app/cart.rb' },
      empty: '',
      mark: '\uFEFFtext',
      replaced: 'a \uFFFD b',
    };
    const commit = await shop.commit('main', files);
    const contents = await contentsAt(commit, Object.keys(files));
    expect(contents).toEqual([
      { text: null, reason: 'it is binary' },
      { text: null, reason: expect.stringMatching(/it is binary|it is not valid UTF-8/) },
      { text: null, reason: 'it is longer than 1 MB' },
      { text: null, reason: 'it is a Git LFS pointer' },
      { text: null, reason: 'it is a symbolic link' },
      { text: '', reason: null },
      { text: 'text', reason: null },
      { text: 'a \uFFFD b', reason: null },
    ]);
  });

  it('are fetched whole where GraphQL cuts them', async () => {
    const text = 'é'.repeat(300_000);
    const commit = await shop.commit('main', { 'long.rb': text });
    expect(await contentsAt(commit, ['long.rb'])).toEqual([{ text, reason: null }]);
  });

  it('fail where GraphQL fails', async () => {
    github.faults.answer('POST', /graphql/, { status: 500, headers: { 'x-github-request-id': 'AB:1' } });
    await expect(contentsAt('main', ['a'])).rejects.toThrow('GitHub answered 500');
  });
});

describe('a tree', () => {
  it('is one archive, from another address that needs no token', async () => {
    const commit = await shop.tip('main');
    const selection: Selection = { wants: () => 'whole', whole: [], names: [], furtherNames: null };
    const { tree } = await readTree(client, { ...place, commit }, selection);
    expect(tree.files).toEqual([
      { path: 'README.md', text: 'A shop.\n' },
      { path: 'app/cart.rb', text: 'class Cart\nend\n' },
    ]);
  });

  it('is asked for again where the download broke off', async () => {
    github.faults.drop('GET', /codeload/, 1);
    const commit = await shop.tip('main');
    const { tree } = await readTree(
      client,
      { ...place, commit },
      { wants: () => 'no', whole: [], names: [], furtherNames: null },
    );
    expect(tree.paths).toEqual(['README.md', 'app/cart.rb']);
  });
});
