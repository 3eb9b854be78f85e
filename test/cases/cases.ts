import { readdirSync, readFileSync } from 'node:fs';

import type { PullRequest } from '../reading.ts';

export interface Case {
  readonly name: string;
  readonly folder: URL;
  readonly pullRequest: PullRequest;
}

/**
 * Whole pull requests: `base/` holds the target's files, `head/` those that the pull request adds or changes, and
 * `head.deleted` names those it deletes, a line each.
 */
export const cases: readonly Case[] = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => {
    const folder = new URL(`${name}/`, import.meta.url);
    const deleted = readdirSync(folder).includes('head.deleted') ? lines(new URL('head.deleted', folder)) : [];
    const after = { ...textsIn(new URL('head/', folder)), ...Object.fromEntries(deleted.map((path) => [path, null])) };
    return { name, folder, pullRequest: { before: textsIn(new URL('base/', folder)), after } };
  });

function textsIn(folder: URL): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => `${each.parentPath}/${each.name}`.replaceAll('//', '/'))
      .map((path) => [path.slice(decodeURIComponent(folder.pathname).length), readFileSync(path, 'utf8')]),
  );
}

function lines(file: URL): readonly string[] {
  return readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
}
