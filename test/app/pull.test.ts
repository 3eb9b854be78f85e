import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readPull } from '../../src/github/pull.ts';
import { defaultSettings } from '../../src/settings.ts';
import { installationToken } from '../github/client.ts';
import { type GitHub, startGitHub } from '../github/index.ts';
import type { RepositoryControl } from '../github/repository.ts';
import { incident, shelf } from './shelf.ts';

let github: GitHub;
let repository: RepositoryControl;

beforeEach(async () => {
  github = await startGitHub();
  repository = await github.repository('acme', 'shelf');
  await repository.commit('main', shelf);
});

afterEach(() => github.stop());

const read = async (files: object, more: object = {}) => {
  await repository.commit('feature', files as typeof shelf);
  const number = await repository.openPull({ title: 'x', head: 'feature', base: 'main', author: 'mia' });
  const token = (await installationToken(github)).replace(/^token /, '');
  github.ledger.length = 0;
  const question = {
    pull: { owner: 'acme', repo: 'shelf', number },
    token,
    apiUrl: github.apiUrl,
    settings: null,
    deployed: null,
  };
  return readPull({ ...question, ...more });
};
const methods = () => github.ledger.map(({ operation }) => operation?.split(' ')[0]);

describe('a pull request that is only read', () => {
  it('is read in both rounds, and written to in none', async () => {
    const { reading, repositoryUrl } = await read(incident);
    const target = await repository.tip('main');
    expect(reading).toMatchObject({ relevant: true, target, base: target, running: target, unread: [] });
    expect(reading.head).toBe(await repository.tip('feature'));
    expect(reading.settings.rollouts).toMatchObject([{ order: 'code-first' }]);
    expect(reading.changed.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'modified app/models/comment.rb',
      'added db/migrate/20260102000000_add_moderated_at_to_comments.rb',
      'modified db/schema.rb',
    ]);
    expect(reading.changed[0]).toMatchObject({
      base: shelf['app/models/comment.rb'],
      head: incident['app/models/comment.rb'],
    });
    expect(reading.targetTree.paths).toEqual(Object.keys(shelf).sort());
    expect(reading.targetTree.files.map(({ path }) => path)).toContain('db/schema.rb');
    expect(reading.runningTree).toEqual(reading.targetTree);
    expect(repositoryUrl).toBe(`${github.url}/acme/shelf`);
    expect(methods()).toEqual(['GET', 'GET', 'POST', 'GET', 'GET']);
  });

  it('says what is wrong with the settings that it brings, and goes by those of the target', async () => {
    const { reading } = await read({ ...incident, '.github/bellows.yml': 'mode: advise\nmoed: block\n' });
    expect(reading.settings.mode).toBe('block');
    const reason = 'these settings cannot be used (`moed`: unknown key): until this is merged those of the target hold';
    expect(reading.unread).toEqual([{ path: '.github/bellows.yml', line: 2, reason }]);
  });

  it('costs two requests where it is irrelevant', async () => {
    const { reading } = await read({ 'README.md': 'x' });
    expect(reading).toMatchObject({ relevant: false, targetTree: { paths: [], files: [] } });
    expect(methods()).toEqual(['GET', 'GET']);
  });

  it('follows the settings that are given in place of the target’s', async () => {
    await repository.commit('main', { '.github/bellows.yml': 'broken: true\n' });
    const { reading } = await read(incident, { settings: { ...defaultSettings, mode: 'advise' } });
    expect(reading.settings.mode).toBe('advise');
  });

  it('reads what runs now too, where that is another commit', async () => {
    const deployed = await repository.tip('main');
    await repository.commit('main', { 'app/models/late.rb': 'class Late < ApplicationRecord\nend\n' });
    const { reading } = await read(incident, { deployed });
    expect(reading.running).toBe(deployed);
    expect(reading.targetTree.paths).toContain('app/models/late.rb');
    expect(reading.runningTree.paths).not.toContain('app/models/late.rb');
  });

  it('fails with one sentence', async () => {
    await expect(read(incident, { token: null })).rejects.toThrow(/GITHUB_TOKEN/);
    await expect(read(incident, { pull: { owner: 'acme', repo: 'shelf', number: 99 } })).rejects.toThrow(
      /^GitHub answered 404 to GET \/repos\/\{owner\}\/\{repo\}\/pulls\/\{pull_number\}/,
    );
    await expect(read(incident, { token: 'wrong' })).rejects.toThrow(/GitHub answered 401/);
    await repository.commit('main', { '.github/bellows.yml': 'broken: true\n' });
    await expect(read(incident)).rejects.toThrow(/^\.github\/bellows\.yml:1: /);
  });
});
