import type { World } from '../world.ts';
import { type Json, longAgo, nodeId, userShape } from './account.ts';

export function appShape(world: World): Json {
  const { app, installation } = world;
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: userShape(world, installation.owner),
    name: app.slug,
    description: null,
    external_url: 'https://example.org/',
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: longAgo,
    updated_at: longAgo,
    permissions: installation.permissions,
    events: installation.events,
  };
}

export function installationShape(world: World): Json {
  const { app, installation } = world;
  const api = `${world.url}/api/v3`;
  return {
    id: installation.id,
    account: userShape(world, installation.owner),
    repository_selection: 'selected',
    access_tokens_url: `${api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${api}/installation/repositories`,
    html_url: `${world.url}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: userShape(world, installation.owner).id,
    target_type: 'Organization',
    permissions: installation.permissions,
    events: installation.events,
    created_at: longAgo,
    updated_at: longAgo,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}
