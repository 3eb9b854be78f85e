import { issueToken, reaches } from '../credentials.ts';
import { type Call, notFound, page, Refusal, type Route, repositoryOf } from '../http.ts';
import { appShape, installationShape } from '../shapes/app.ts';
import { repositoryShape } from '../shapes/repository.ts';
import { findRepository, type Permissions, repositoryKey, seconds, type World } from '../world.ts';

/** What an App asks with its own JWT, and what an installation asks about itself. */
export const appRoutes: readonly Route[] = [
  {
    operation: 'GET /app',
    needs: 'app',
    answer: ({ world }) => ({ status: 200, body: appShape(world) }),
  },
  {
    operation: 'GET /app/installations',
    needs: 'app',
    answer: (call) => {
      const { items, headers } = page(call, [installationShape(call.world)]);
      return { status: 200, body: items, headers };
    },
  },
  {
    operation: 'GET /app/installations/{installation_id}',
    needs: 'app',
    answer: (call) => {
      requireInstallation(call);
      return { status: 200, body: installationShape(call.world) };
    },
  },
  {
    operation: 'POST /app/installations/{installation_id}/access_tokens',
    needs: 'app',
    answer: createToken,
  },
  {
    operation: 'GET /repos/{owner}/{repo}/installation',
    needs: 'app',
    answer: (call) => {
      if (!repositoryOf(call).installed) throw notFound();
      return { status: 200, body: installationShape(call.world) };
    },
  },
  {
    operation: 'GET /installation/repositories',
    needs: 'token',
    answer: (call) => {
      const installed = [...call.world.repositories.values()].filter((each) => each.installed);
      const { items, headers } = page(call, installed);
      const repositories = items.map((each) => repositoryShape(call.world, each));
      return { status: 200, body: { total_count: installed.length, repositories }, headers };
    },
  },
];

function createToken(call: Call) {
  requireInstallation(call);
  const { world, body } = call;
  const permissions = wantedPermissions(world, body.permissions as Permissions | undefined);
  const repositories = wantedRepositories(world, body.repositories as string[] | undefined, body.repository_ids);
  const [token, { expiresAt }] = issueToken(world, { permissions, repositories });
  const answer = {
    token,
    expires_at: seconds(expiresAt),
    permissions,
    repository_selection: 'selected',
  };
  return { status: 201, body: answer };
}

function requireInstallation({ world, params }: Call): void {
  if (Number(params.installation_id) !== world.installation.id) throw notFound();
}

function wantedPermissions({ installation }: World, wanted: Permissions | undefined): Permissions {
  if (!wanted) return installation.permissions;
  for (const [name, level] of Object.entries(wanted)) {
    if (reaches(installation.permissions[name], level)) continue;
    throw new Refusal(422, 'The permissions requested are not granted to this installation.');
  }
  return { metadata: 'read', ...wanted };
}

function wantedRepositories(world: World, names: readonly string[] | undefined, ids: unknown): Set<string> | null {
  const byName = names?.map((name) => findRepository(world, world.installation.owner, name));
  const byId = (ids as number[] | undefined)?.map((id) =>
    [...world.repositories.values()].find((each) => each.id === id),
  );
  const wanted = [...(byName ?? []), ...(byId ?? [])];
  if (wanted.length === 0) return null;
  return new Set(
    wanted.map((repository) => {
      if (repository?.installed) return repositoryKey(repository.owner, repository.name);
      throw new Refusal(
        422,
        'There is at least one repository that does not exist or is not accessible to the parent installation.',
      );
    }),
  );
}
