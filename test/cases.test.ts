import { describe, expect, it } from 'vitest';

import { judge } from '../src/judge.ts';
import type { Tree } from '../src/reading.ts';
import { report } from '../src/report/index.ts';
import type { Presentation } from '../src/report/presentation.ts';
import { review } from '../src/review.ts';
import { cases } from './cases/cases.ts';
import { expectGolden } from './golden.ts';
import { authorSchemas, headTree, phaseSchemas, phaseTrees, stillBlocking, texts } from './plan/laws.ts';
import { type Files, type PullRequest, readingOf, silent } from './reading.ts';

const presentation: Presentation = {
  repositoryUrl: 'https://github.example/owner/shop',
  mode: 'block',
  comments: 'all',
  previous: null,
};

describe.each(cases)('$name', ({ folder, pullRequest }) => {
  const reading = readingOf(pullRequest);
  const reviewed = review(reading, silent);

  it('says what its goldens say', () => {
    expectGolden(report(reviewed, presentation, 'json').text ?? '', new URL('review.json', folder));
    expectGolden(report(reviewed, presentation, null).comment ?? 'No comment.\n', new URL('comment.md', folder));
  });

  it('says the same twice', () => {
    expect(review(readingOf(pullRequest), silent)).toEqual(reviewed);
  });

  it('has a plan whose every phase reviews clean, but for what it says cannot be split', () => {
    if (!reviewed.plan) {
      // Nothing is to be split where nothing blocks, or where all that blocks is no step of this pull request.
      const own = new Set(reviewed.migrations.flatMap(({ migration }) => migration.operations));
      const splittable = reviewed.findings.filter(
        ({ severity, operation }) => severity === 'blocking' && (operation === null || own.has(operation)),
      );
      expect(splittable).toEqual([]);
      return;
    }
    const unsplit = new Set(reviewed.plan.unsplit.map(({ at }) => `${at.path}:${at.line}`));
    const blocking = reviewed.plan.phases
      .flatMap((phase) => phase.findings)
      .filter((finding) => finding.severity === 'blocking')
      .filter(({ operation }) => !operation || !unsplit.has(`${operation.at.path}:${operation.at.line}`));
    expect(blocking).toEqual([]);
  });

  it('has a plan whose every phase is clean for whoever judges it without knowing the plan', () => {
    if (reviewed.plan) expect(stillBlocking(reading, reviewed.plan)).toEqual([]);
  });

  it('has a plan that brings every file once', () => {
    if (!reviewed.plan) return;
    const brought = reviewed.plan.phases.flatMap((phase) => phase.files);
    const replaced = reviewed.plan.phases.flatMap((phase) => phase.generated.flatMap(({ replaces }) => replaces ?? []));
    expect(new Set(brought).size).toBe(brought.length);
    expect([...brought, ...new Set(replaced)].sort()).toEqual([...reviewed.changedFiles].sort());
  });

  it('has a plan that gives the head byte for byte, for every file without generated text', () => {
    const { plan } = reviewed;
    if (plan) expect(texts(phaseTrees(reading, plan).at(-1) as Tree, plan)).toEqual(texts(headTree(reading), plan));
  });

  it('has a plan that ends at the schema of the author', () => {
    if (reviewed.plan) expect(phaseSchemas(reading, reviewed.plan)).toEqual(authorSchemas(reading));
  });

  it('keeps the ids of its findings when every line moves', () => {
    const ids = (request: PullRequest) =>
      judge(readingOf(request), silent)
        .findings.map(({ id }) => id)
        .sort();
    expect(ids(moved(pullRequest))).toEqual(ids(pullRequest));
  });
});

/** The same pull request as if a rebase had brought three lines to the top of every Ruby file. */
function moved({ before, after, running }: PullRequest): PullRequest {
  const shift = ([path, text]: [string, string | null]): [string, string | null] => [
    path,
    text !== null && path.endsWith('.rb') ? `# moved\n# moved\n\n${text}` : text,
  ];
  const shifted = (files: Files): Files => Object.fromEntries(Object.entries(files).map(shift));
  return {
    before: shifted(before) as Record<string, string>,
    after: shifted(after),
    ...(running ? { running: shifted(running) } : {}),
  };
}
