import { readdirSync, readFileSync } from 'node:fs';

import type { Files, PullRequest } from '../reading.ts';

export interface Case {
  readonly name: string;
  readonly folder: URL;
  readonly pullRequest: PullRequest;
}

/**
 * Whole pull requests: `base/` holds the target's files, `head/` those that the pull request adds or changes, and
 * `head.deleted` names those it deletes, a line each. Where what runs is not the target, `running/` and
 * `running.deleted` tell in the same way how it differs.
 */
export const cases: readonly Case[] = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => {
    const folder = new URL(`${name}/`, import.meta.url);
    const [after, running] = [changesIn('head', folder), changesIn('running', folder)];
    const pullRequest = { before: textsIn(new URL('base/', folder)), after };
    return { name, folder, pullRequest: Object.keys(running).length > 0 ? { ...pullRequest, running } : pullRequest };
  });

function changesIn(side: 'head' | 'running', folder: URL): Files {
  const entries = readdirSync(folder);
  const deleted = entries.includes(`${side}.deleted`) ? lines(new URL(`${side}.deleted`, folder)) : [];
  const brought = entries.includes(side) ? textsIn(new URL(`${side}/`, folder)) : {};
  return { ...brought, ...Object.fromEntries(deleted.map((path) => [path, null])) };
}

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
