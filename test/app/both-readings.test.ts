import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readRepository } from '../../src/git/read.ts';
import { readPull } from '../../src/github/pull.ts';
import { installationToken } from '../github/client.ts';
import type { Files } from '../github/git.ts';
import { type GitHub, startGitHub } from '../github/index.ts';
import type { RepositoryControl } from '../github/repository.ts';
import { incident, shelf } from './shelf.ts';

let github: GitHub;
let repository: RepositoryControl;

beforeEach(async () => {
  github = await startGitHub();
  repository = await github.repository('acme', 'shelf');
});

afterEach(() => github.stop());

interface Story {
  readonly before?: Files;
  readonly change?: Files;
  /** What others merged in between. */
  readonly meanwhile?: Files;
}

/** The pull request as the command line reads it from a clone, and as the App reads it from GitHub. */
async function bothReadings({ before = {}, change = {}, meanwhile = {} }: Story) {
  await repository.commit('main', { ...shelf, ...before });
  const head = await repository.commit('feature', { ...incident, ...change });
  const target = await repository.commit('main', { 'CHANGES.md': 'x\n', ...meanwhile });
  const number = await repository.openPull({ title: 'x', head: 'feature', base: 'main', author: 'mia' });
  const token = (await installationToken(github)).replace(/^token /, '');
  const given = { settings: null, deployed: null };
  const local = { directory: repository.directory, base: target, head, order: null, ...given };
  const pull = { owner: 'acme', repo: 'shelf', number };
  const { reading } = await readPull({ pull, token, apiUrl: github.apiUrl, ...given });
  return { clone: await readRepository(local), app: reading };
}

const helper = 'module ShelfHelper\n  def shelf_title\n    "Shelf"\n  end\nend\n';
const long = `# ${'x'.repeat(1024 * 1024)}\n`;
const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n# comment.body\n';

const removal = {
  'db/migrate/20260103000000_remove_body.rb':
    'class RemoveBody < ActiveRecord::Migration[7.1]\n  def change\n    remove_column :comments, :body\n  end\nend\n',
};

describe('a clone and GitHub give one reading', () => {
  it.each<[string, Story]>([
    ['of a plain pull request', {}],
    [
      'where it changes code that names nothing at stake',
      {
        before: { 'app/helpers/shelf_helper.rb': helper },
        change: { 'app/helpers/shelf_helper.rb': `${helper}# with a word more\n` },
      },
    ],
    [
      'where it moves and deletes code, and others changed it in between',
      {
        before: { 'app/helpers/shelf_helper.rb': helper, 'app/helpers/old_helper.rb': '# old\n', 'lib/a.rb': '# a\n' },
        change: {
          'app/helpers/shelf_helper.rb': null,
          'app/helpers/title_helper.rb': helper,
          'app/helpers/old_helper.rb': null,
          'lib/a.rb': '# a\n# b\n',
        },
        meanwhile: { 'app/helpers/shelf_helper.rb': `${helper}# theirs\n`, 'lib/a.rb': null },
      },
    ],
    [
      'where others added the file that it adds',
      { change: { 'app/helpers/new_helper.rb': '# ours\n' }, meanwhile: { 'app/helpers/new_helper.rb': '# theirs\n' } },
    ],
    [
      'where it moves code to where nothing is read',
      {
        before: { 'lib/notes.rb': long, 'lib/short.rb': helper },
        change: {
          ...{ 'lib/notes.rb': null, 'docs/notes.txt': long },
          ...{ 'lib/short.rb': null, 'docs/short.txt': helper },
        },
      },
    ],
    [
      'where files cannot be read',
      {
        before: {
          'lib/binary.rb': 'comment.body\0',
          'lib/latin.rb': Buffer.from('# comment.body caf\xe9\n', 'latin1'),
          'lib/long.rb': long,
          'lib/pointer.rb': pointer,
          'lib/link.rb': { link: '../app/models/comment.rb' },
          'app/models/link.rb': { link: 'comment.rb' },
          'app/models/binary.rb': '\0',
        },
        change: removal,
      },
    ],
    [
      'where the pull request brings what cannot be read',
      {
        before: { 'lib/binary.rb': '\0', 'lib/pointer.rb': pointer },
        change: {
          'lib/binary.rb': '\0\0',
          'lib/pointer.rb': `${pointer}\n`,
          'lib/long.rb': long,
          'lib/link.rb': { link: '../app/models/comment.rb' },
        },
      },
    ],
    [
      'where the definitions tell further names',
      {
        before: {
          'app/models/remark.rb':
            "class Remark < ApplicationRecord\n  self.table_name = 'comments'\n  alias_attribute :checked_at, :body\nend\n",
          'app/helpers/remark_helper.rb': 'def checked(remark)\n  remark.checked_at\nend\n',
          'app/helpers/other_helper.rb': 'def other\nend\n',
        },
        change: removal,
      },
    ],
  ])('%s', async (_, story) => {
    const { clone, app } = await bothReadings(story);
    expect(clone.relevant).toBe(true);
    expect(app).toEqual(clone);
  });
});
