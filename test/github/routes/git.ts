import { git, gitStream, tryGit } from '../git.ts';
import { type Answer, type Call, notFound, type Route, repositoryOf } from '../http.ts';
import { commitOf } from '../revision.ts';
import { nodeId } from '../shapes/account.ts';
import { apiOf } from '../shapes/repository.ts';
import { findRepository, type Repository, type World } from '../world.ts';
import { wrapped } from './contents.ts';

/** A longer tree is cut short and says `truncated`. */
const maxTreeEntries = 100_000;

export const gitRoutes: readonly Route[] = [
  { operation: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}', needs: { contents: 'read' }, answer: tree },
  { operation: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}', needs: { contents: 'read' }, answer: blob },
  { operation: 'GET /repos/{owner}/{repo}/tarball/{ref}', needs: { contents: 'read' }, answer: tarball },
];

async function tree(call: Call): Promise<Answer> {
  const { world, params, query } = call;
  const repository = repositoryOf(call);
  const sha = await treeOf(repository, params.tree_sha ?? '');
  // GitHub recurses for any value, `0` and `false` among them.
  const words = query.recursive === undefined ? ['-z', '-l'] : ['-z', '-l', '-r', '-t'];
  const text = (await git(repository.directory, 'ls-tree', ...words, sha)).toString('utf8');
  const entries = text.split('\0').filter(Boolean);
  const api = `${apiOf(world, repository)}/git`;
  const body = {
    sha,
    url: `${api}/trees/${sha}`,
    tree: entries.slice(0, maxTreeEntries).map((line) => treeEntry(api, line)),
    truncated: entries.length > maxTreeEntries,
  };
  return { status: 200, body };
}

function treeEntry(api: string, line: string) {
  const [facts = '', path = ''] = line.split('\t');
  const [mode = '', type = '', sha = '', size = ''] = facts.split(/ +/);
  const url = `${api}/${type === 'tree' ? 'trees' : 'blobs'}/${sha}`;
  return { path, mode, type, sha, url, ...(size === '-' ? {} : { size: Number(size) }) };
}

/** A tree's own SHA, or a commit or branch whose tree is meant. */
async function treeOf(repository: Repository, name: string): Promise<string> {
  const object = /^[0-9a-f]{40}$/.test(name) ? name : await commitOf(repository, name);
  const found = await tryGit(repository.directory, 'rev-parse', '--verify', '--quiet', `${object}^{tree}`);
  if (!found) throw notFound();
  return found.toString('utf8').trim();
}

async function blob(call: Call): Promise<Answer> {
  const { world, params, accept } = call;
  const repository = repositoryOf(call);
  const sha = params.file_sha ?? '';
  const bytes = /^[0-9a-f]{40}$/.test(sha) ? await tryGit(repository.directory, 'cat-file', 'blob', sha) : null;
  if (!bytes) throw notFound();
  if (/\braw\b/.test(accept)) {
    return { status: 200, raw: bytes, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
  }
  const body = {
    sha,
    node_id: nodeId('Blob', bytes.length),
    url: `${apiOf(world, repository)}/git/blobs/${sha}`,
    size: bytes.length,
    content: wrapped(bytes.toString('base64')),
    encoding: 'base64',
  };
  return { status: 200, body };
}

/** GitHub sends the caller to another server; the stand-in to another path of its own. */
async function tarball(call: Call): Promise<Answer> {
  const { world, params } = call;
  const repository = repositoryOf(call);
  const commit = await commitOf(repository, params.ref ?? '');
  const token = repository.private ? `?token=${codeloadToken(commit)}` : '';
  const location = `${world.url}/codeload/${repository.owner}/${repository.name}/legacy.tar.gz/${commit}${token}`;
  return { status: 302, headers: { location } };
}

const codeload = /^\/codeload\/([^/]+)\/([^/]+)\/legacy\.tar\.gz\/([0-9a-f]{40})$/;

/** Null: the path is no archive's. A private repository's archive needs the token of the redirect. */
export function archive(world: World, path: string, token: string | undefined): Answer | null {
  const [, owner = '', name = '', commit = ''] = codeload.exec(path) ?? [];
  const repository = findRepository(world, owner, name);
  if (!repository || (repository.private && token !== codeloadToken(commit))) return null;
  const prefix = `${repository.owner}-${repository.name}-${commit.slice(0, 7)}/`;
  const raw = gitStream(repository.directory, 'archive', '--format=tar.gz', `--prefix=${prefix}`, commit);
  return { status: 200, raw, headers: { 'content-type': 'application/x-gzip' } };
}

function codeloadToken(commit: string): string {
  return commit.split('').reverse().join('').toUpperCase();
}
