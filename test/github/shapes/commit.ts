import type { ChangedPath } from '../diff.ts';
import { gitText } from '../git.ts';
import type { Repository, World } from '../world.ts';
import { type Json, longAgo } from './account.ts';
import { apiOf, htmlOf } from './repository.ts';

export async function commitShape(world: World, repository: Repository, sha: string): Promise<Json> {
  const format = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x00');
  const text = await gitText(repository.directory, 'show', '-s', `--format=${format}`, sha);
  const [full = '', tree = '', parents = '', ...people] = text.split('\0');
  const [authorName, authorEmail, authorDate, committerName, committerEmail, committerDate, message = ''] = people;
  const api = apiOf(world, repository);
  const html = htmlOf(world, repository);
  return {
    sha: full,
    node_id: Buffer.from(`Commit:${full}`).toString('base64'),
    url: `${api}/commits/${full}`,
    html_url: `${html}/commit/${full}`,
    comments_url: `${api}/commits/${full}/comments`,
    commit: {
      url: `${api}/git/commits/${full}`,
      author: { name: authorName, email: authorEmail, date: utc(authorDate) },
      committer: { name: committerName, email: committerEmail, date: utc(committerDate) },
      message: message.trim(),
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    author: null,
    committer: null,
    parents: parents
      .split(' ')
      .filter(Boolean)
      .map((parent) => ({ sha: parent, url: `${api}/commits/${parent}`, html_url: `${html}/commit/${parent}` })),
  };
}

function utc(date: string | undefined): string {
  return new Date(date ?? longAgo).toISOString().replace('.000Z', 'Z');
}

export function diffEntryShape(world: World, repository: Repository, headSha: string, file: ChangedPath): Json {
  const path = file.filename.split('/').map(encodeURIComponent).join('/');
  const html = htmlOf(world, repository);
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${headSha}/${path}`,
    raw_url: `${html}/raw/${headSha}/${path}`,
    contents_url: `${apiOf(world, repository)}/contents/${path}?ref=${headSha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previous === null ? {} : { previous_filename: file.previous }),
  };
}
