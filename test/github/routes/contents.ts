import { git, tryGit } from '../git.ts';
import { type Answer, type Call, notFound, Refusal, type Route, repositoryOf } from '../http.ts';
import { commitOf } from '../revision.ts';
import { apiOf, htmlOf } from '../shapes/repository.ts';
import type { Repository, World } from '../world.ts';

/** Above the first the JSON comes without content, above the second there is nothing. */
const maxJsonBytes = 1024 * 1024;
const maxRawBytes = 100 * 1024 * 1024;
const maxEntries = 1_000;

export const contentRoutes: readonly Route[] = [
  { operation: 'GET /repos/{owner}/{repo}/contents/{path}', needs: { contents: 'read' }, answer: contents },
];

interface Entry {
  readonly kind: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly size: number;
  readonly path: string;
}

async function contents(call: Call): Promise<Answer> {
  const { world, params, query, accept } = call;
  const repository = repositoryOf(call);
  const path = (params.path ?? '').replace(/^\/+|\/+$/g, '');
  const commit = await commitOf(repository, query.ref ?? repository.defaultBranch);
  const entry = await entryAt(repository, commit, path);
  if (!entry) throw notFound();

  const place = { world, repository, ref: query.ref ?? repository.defaultBranch };
  if (entry.kind === 'tree') {
    const entries = await listed(repository, `${commit}:${path}`, path);
    return { status: 200, body: entries.slice(0, maxEntries).map((each) => entryShape(place, each)) };
  }
  if (entry.size > maxRawBytes) throw tooLarge();
  const bytes = await git(repository.directory, 'cat-file', 'blob', entry.sha);
  if (/\braw\b/.test(accept)) {
    return { status: 200, raw: bytes, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
  }
  const content =
    entry.size > maxJsonBytes
      ? { content: '', encoding: 'none' }
      : { content: wrapped(bytes.toString('base64')), encoding: 'base64' };
  return { status: 200, body: { ...entryShape(place, entry), ...content } };
}

async function entryAt(repository: Repository, commit: string, path: string): Promise<Entry | null> {
  if (path === '') return { kind: 'tree', sha: commit, size: 0, path };
  const found = await tryGit(repository.directory, 'ls-tree', '-z', '-l', commit, '--', `:(literal)${path}`);
  return found ? (parsed(found.toString('utf8'), '')[0] ?? null) : null;
}

async function listed(repository: Repository, tree: string, folder: string): Promise<Entry[]> {
  const text = await git(repository.directory, 'ls-tree', '-z', '-l', tree);
  return parsed(text.toString('utf8'), folder === '' ? '' : `${folder}/`);
}

function parsed(text: string, prefix: string): Entry[] {
  return text
    .split('\0')
    .filter(Boolean)
    .map((line) => {
      const [facts = '', name = ''] = line.split('\t');
      const [, kind = 'blob', sha = '', size = ''] = facts.split(/ +/);
      return { kind: kind as Entry['kind'], sha, size: Number(size) || 0, path: prefix + name };
    });
}

function entryShape(place: { world: World; repository: Repository; ref: string }, entry: Entry) {
  const { world, repository, ref } = place;
  const folder = entry.kind === 'tree';
  const url = `${apiOf(world, repository)}/contents/${encodeURI(entry.path)}?ref=${encodeURIComponent(ref)}`;
  const gitUrl = `${apiOf(world, repository)}/git/${folder ? 'trees' : 'blobs'}/${entry.sha}`;
  const html = `${htmlOf(world, repository)}/${folder ? 'tree' : 'blob'}/${ref}/${encodeURI(entry.path)}`;
  return {
    type: folder ? 'dir' : 'file',
    size: entry.size,
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    url,
    git_url: gitUrl,
    html_url: html,
    download_url: folder ? null : `${htmlOf(world, repository)}/raw/${ref}/${encodeURI(entry.path)}`,
    _links: { self: url, git: gitUrl, html },
  };
}

/** GitHub breaks Base64 after sixty characters. */
export function wrapped(base64: string): string {
  return base64.replace(/.{60}/g, '$&\n');
}

function tooLarge(): Refusal {
  return new Refusal(403, 'This API returns blobs up to 100 MB in size.', {
    errors: [{ resource: 'Blob', field: 'data', code: 'too_large' }],
  });
}
