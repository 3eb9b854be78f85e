import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { onTestFinished } from 'vitest';

/** The machine's own git settings must not decide a test, neither here nor in the code under test. */
process.env.GIT_CONFIG_GLOBAL = '/dev/null';
process.env.GIT_CONFIG_NOSYSTEM = '1';

export type Files = Readonly<Record<string, string | Buffer | null>>;

/** A repository for one test. */
export interface TestRepository {
  readonly directory: string;
  /** Runs git in it and returns what it printed, without the last line break. */
  readonly git: (...args: readonly string[]) => string;
  /** Writes files into the work tree; null takes one away. */
  readonly write: (files: Files) => void;
  /** Writes and commits everything; the commit's id. */
  readonly commit: (files: Files) => string;
}

const fixed = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_AUTHOR_DATE: '2024-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2024-01-01T00:00:00Z',
};

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bellows-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty repository on the branch `main`, or what `git clone` with these arguments makes. */
export function newRepository(...clone: readonly string[]): TestRepository {
  const directory = join(temporaryFolder(), 'repo');
  const first = clone.length > 0 ? ['clone', '--quiet', ...clone] : ['init', '--quiet', '--initial-branch=main'];
  execFileSync('git', [...first, directory], { env: { ...process.env, ...fixed }, stdio: 'pipe' });
  return repositoryAt(directory);
}

function repositoryAt(directory: string): TestRepository {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: directory, env: { ...process.env, ...fixed }, stdio: 'pipe' })
      .toString('utf8')
      .replace(/\n$/, '');
  const write = (files: Files) => {
    for (const [path, content] of Object.entries(files)) put(join(directory, path), content);
  };
  const commit = (files: Files) => {
    write(files);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'change');
    return git('rev-parse', 'HEAD');
  };
  return { directory, git, write, commit };
}

function put(location: string, content: string | Buffer | null): void {
  mkdirSync(dirname(location), { recursive: true });
  if (content === null) rmSync(location);
  else writeFileSync(location, content);
}

/** A small Rails app. */
export const app = {
  Gemfile: "gem 'rails'\ngem 'pg'\n",
  'app/models/user.rb': 'class User < ApplicationRecord\nend\n',
  'app/helpers/greeting_helper.rb': "def greeting(user)\n  'Hello'\nend\n",
  'app/helpers/user_helper.rb': 'def label(user)\n  user.nickname\nend\n',
  'db/schema.rb': schemaWith('    t.string "nickname"\n'),
} satisfies Files;

export const migrationPath = 'db/migrate/20240102000000_remove_nickname_from_users.rb';

/** A pull request on it: `nickname` is dropped. */
export const pullRequest = {
  [migrationPath]:
    'class RemoveNicknameFromUsers < ActiveRecord::Migration[7.0]\n  def change\n    remove_column :users, :nickname, :string\n  end\nend\n',
  'db/schema.rb': schemaWith(''),
} satisfies Files;

function schemaWith(columns: string): string {
  return `ActiveRecord::Schema[7.0].define(version: 1) do\n  create_table "users" do |t|\n${columns}  end\nend\n`;
}
