import type { Deploy } from './deploy.ts';

/** The same work done once per deploy, which is a value that never changes: several hazards ask the same of one. */
export function oncePerDeploy<Answer>(work: (deploy: Deploy) => Answer): (deploy: Deploy) => Answer {
  const worked = new WeakMap<Deploy, { readonly answer: Answer }>();
  return (deploy) => {
    const known = worked.get(deploy) ?? { answer: work(deploy) };
    worked.set(deploy, known);
    return known.answer;
  };
}
