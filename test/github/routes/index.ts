import type { Route } from '../http.ts';
import { appRoutes } from './app.ts';
import { checkRoutes } from './checks.ts';
import { compareRoutes } from './compare.ts';
import { contentRoutes } from './contents.ts';
import { gitRoutes } from './git.ts';
import { issueRoutes } from './issues.ts';
import { pullRoutes } from './pulls.ts';
import { rateRoutes } from './rate.ts';
import { repositoryRoutes } from './repositories.ts';

/** The first route that fits answers, so `commits/{ref}/check-runs` stands before `commits/{ref}`. */
export const routes: readonly Route[] = [
  ...appRoutes,
  ...checkRoutes,
  ...compareRoutes,
  ...contentRoutes,
  ...gitRoutes,
  ...issueRoutes,
  ...pullRoutes,
  ...rateRoutes,
  ...repositoryRoutes,
];
