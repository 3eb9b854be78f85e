import type { Route } from '../http.ts';

/** GitHub's smallest hourly budget of an installation. */
export const rateLimit = 5_000;

export const rateRoutes: readonly Route[] = [
  {
    operation: 'GET /rate_limit',
    needs: 'token',
    answer: ({ world }) => {
      const reset = Math.floor(world.now().getTime() / 1000) + 3600;
      const rate = { limit: rateLimit, remaining: rateLimit, used: 0, reset };
      return { status: 200, body: { resources: { core: rate, search: rate, graphql: rate }, rate } };
    },
  },
];
