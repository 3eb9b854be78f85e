import type { Probot } from 'probot';
import { ProbotOctokit } from 'probot';

import { type Client, patient } from './client.ts';
import type { Connection } from './reviewer.ts';

/**
 * Probot's client without its throttling, which lets one comment through per three seconds for all installations
 * together, and without its retries, which repeat for a quarter of an hour what hangs. Only this form of `defaults`
 * switches them off: an object would be overruled by Probot's own.
 */
export const UnthrottledOctokit = ProbotOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { enabled: false },
}));

/** How to act for an installation. The token is fetched with the first request and kept by Probot for an hour. */
export function connector(app: Probot): (installation: number) => Promise<Connection> {
  let slug: Promise<string> | null = null;
  // Probot has one client of the App itself: made patient twice, it would try nine times.
  let own: Promise<Client> | null = null;
  const askSlug = async (): Promise<string> => {
    own ??= app.auth().then((client) => patient(client));
    const { data } = await (await own).request('GET /app');
    return data?.slug ?? '';
  };
  const knownSlug = (): Promise<string> => {
    slug ??= askSlug().catch((error: unknown) => {
      slug = null;
      throw error;
    });
    return slug;
  };
  return async (installation) => {
    const client = patient(await app.auth(installation));
    const { appId } = (await client.auth({ type: 'app' })) as { appId: number | string };
    return { client, app: { appId: Number(appId), slug: knownSlug } };
  };
}
