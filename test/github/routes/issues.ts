import { type Call, notFound, numberOf, page, Refusal, type Route, repositoryOf } from '../http.ts';
import { commentShape } from '../shapes/comment.ts';
import type { Comment, Repository } from '../world.ts';

/** GitHub counts characters, not bytes. */
const maxBodyLength = 65_536;

const readComments = { issues: 'read', pull_requests: 'read' } as const;
const writeComments = { issues: 'write', pull_requests: 'write' } as const;

/** The conversation of a pull request, which GitHub files under issues. */
export const issueRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    needs: readComments,
    answer: (call) => {
      const repository = repositoryOf(call);
      const issue = issueOf(call, repository);
      const all = [...repository.comments.values()].filter((comment) => comment.issue === issue);
      const { since = '' } = call.query;
      const { items, headers } = page(
        call,
        all.filter((each) => each.updatedAt >= since),
      );
      return { status: 200, body: items.map((comment) => commentShape(call.world, repository, comment)), headers };
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    needs: writeComments,
    answer: createComment,
  },
  {
    operation: 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
    needs: readComments,
    answer: (call) => {
      const repository = repositoryOf(call);
      return { status: 200, body: commentShape(call.world, repository, commentOf(call, repository)) };
    },
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
    needs: writeComments,
    answer: updateComment,
  },
  {
    operation: 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
    needs: writeComments,
    answer: (call) => {
      const repository = repositoryOf(call);
      repository.comments.delete(commentOf(call, repository).id);
      return { status: 204 };
    },
  },
];

function createComment(call: Call) {
  const { world } = call;
  const repository = repositoryOf(call);
  const issue = issueOf(call, repository);
  const body = checkedBody(call);
  if (repository.pulls.get(issue)?.locked) throw locked();
  const now = world.now().toISOString();
  const comment: Comment = {
    id: world.nextId(),
    issue,
    author: world.app.botLogin,
    byApp: true,
    createdAt: now,
    updatedAt: now,
    body,
    edits: 0,
  };
  repository.comments.set(comment.id, comment);
  return { status: 201, body: commentShape(world, repository, comment) };
}

function updateComment(call: Call) {
  const { world } = call;
  const repository = repositoryOf(call);
  const comment = commentOf(call, repository);
  const body = checkedBody(call);
  if (repository.pulls.get(comment.issue)?.locked) throw locked();
  comment.body = body;
  comment.updatedAt = world.now().toISOString();
  comment.edits += 1;
  return { status: 200, body: commentShape(world, repository, comment) };
}

function issueOf(call: Call, repository: Repository): number {
  const issue = numberOf(call, 'issue_number');
  if (!repository.pulls.has(issue)) throw notFound();
  return issue;
}

function commentOf(call: Call, repository: Repository): Comment {
  const comment = repository.comments.get(numberOf(call, 'comment_id'));
  if (!comment) throw notFound();
  return comment;
}

function checkedBody({ body }: Call): string {
  const text = String(body.body);
  const invalid = (message: string) =>
    new Refusal(422, 'Validation Failed', {
      errors: [{ resource: 'IssueComment', code: 'custom', field: 'body', message }],
    });
  if (text.trim() === '') throw invalid('body cannot be blank');
  if (text.length > maxBodyLength) throw invalid(`body is too long (maximum is ${maxBodyLength} characters)`);
  return text;
}

function locked(): Refusal {
  return new Refusal(403, 'Unable to create comment because issue is locked.');
}
