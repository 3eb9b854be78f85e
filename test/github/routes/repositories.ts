import { type Call, notFound, type Route, repositoryOf } from '../http.ts';
import { commitOf } from '../revision.ts';
import { userShape } from '../shapes/account.ts';
import { commitShape } from '../shapes/commit.ts';
import { apiOf, htmlOf, repositoryShape } from '../shapes/repository.ts';
import type { Role } from '../world.ts';

/** The repository itself, its branches and commits, and who may do what in it. */
export const repositoryRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}',
    needs: { metadata: 'read' },
    answer: (call) => ({ status: 200, body: repositoryShape(call.world, repositoryOf(call)) }),
  },
  {
    operation: 'GET /repos/{owner}/{repo}/branches/{branch}',
    needs: { contents: 'read' },
    answer: branch,
  },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}',
    needs: { contents: 'read' },
    answer: async (call) => {
      const repository = repositoryOf(call);
      const sha = await commitOf(repository, call.params.ref ?? '');
      return { status: 200, body: await commitShape(call.world, repository, sha) };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    needs: { metadata: 'read' },
    answer: permission,
  },
];

async function branch(call: Call) {
  const { world, params } = call;
  const repository = repositoryOf(call);
  const name = params.branch ?? '';
  const sha = await commitOf(repository, `refs/heads/${name}`);
  const api = `${apiOf(world, repository)}/branches/${encodeURIComponent(name)}`;
  const body = {
    name,
    commit: await commitShape(world, repository, sha),
    _links: { self: api, html: `${htmlOf(world, repository)}/tree/${encodeURIComponent(name)}` },
    protected: false,
    protection: { enabled: false },
    protection_url: `${api}/protection`,
  };
  return { status: 200, body };
}

/** The endpoint's older field knows four words only: `maintain` reads as write, `triage` as read. */
const permissions: Readonly<Record<Role, string>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
};

function permission(call: Call) {
  const { world, params } = call;
  const repository = repositoryOf(call);
  const login = params.username ?? '';
  if (login === '') throw notFound();
  const role = repository.roles.get(login) ?? (repository.private || login.endsWith('[bot]') ? 'none' : 'read');
  const has = permissions[role];
  const user = {
    ...userShape(world, login),
    role_name: role,
    permissions: {
      pull: has !== 'none',
      triage: ['admin', 'maintain', 'write', 'triage'].includes(role),
      push: ['admin', 'write'].includes(has),
      maintain: ['admin', 'maintain'].includes(role),
      admin: role === 'admin',
    },
  };
  return { status: 200, body: { permission: has, role_name: role, user } };
}
