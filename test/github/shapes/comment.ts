import type { Comment, Repository, World } from '../world.ts';
import { type Json, nodeId, userShape } from './account.ts';
import { appShape } from './app.ts';
import { apiOf, htmlOf } from './repository.ts';

export function commentShape(world: World, repository: Repository, comment: Comment): Json {
  const api = apiOf(world, repository);
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${api}/issues/comments/${comment.id}`,
    html_url: `${htmlOf(world, repository)}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.issue}`,
    body: comment.body,
    user: userShape(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: 'NONE',
    performed_via_github_app: comment.byApp ? appShape(world) : null,
  };
}
