import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { judge } from '../../src/judge.ts';
import { planOf } from '../../src/plan/index.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Reading, Tree } from '../../src/reading.ts';
import { type Files, readingOf, silent } from '../reading.ts';
import { type Block, readSpec, type Section } from '../spec.ts';
import { authorSchemas, headTree, phaseSchemas, phaseTrees, stillBlocking, texts } from './laws.ts';

/*
 * A section is a pull request. The first one is the project that all of them change; blocks titled `before PATH` add to
 * it, `after PATH` are files at the head (an empty text deletes), `settings` is the settings file, `running PATH` what is
 * deployed where it is not the target. `expect` tells the plan: each phase with its files (`new` where generated, `edit`
 * where a generated text takes a file's place), then what stays unsplit. `makes PATH` is a generated text, whole.
 */
const specs = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.md'));

for (const name of specs) {
  const [around, ...sections] = readSpec(new URL(name, import.meta.url));

  describe(name.replace(/\.md$/, ''), () => {
    for (const section of sections) {
      describe(section.title, () => {
        const reading = readingOfSection([...(around?.blocks ?? []), ...section.blocks]);
        const plan = planned(reading);

        it('has these phases', () => {
          expect(told(plan)).toBe(textOf(section, 'expect').trim());
        });
        for (const { info, text } of section.blocks.filter(({ info }) => info[0] === 'makes')) {
          it(`makes ${info[1]}`, () => {
            expect(generated(plan).find(({ path }) => path === info[1])?.content).toBe(text);
          });
        }
        if (plan) laws(reading, plan);
      });
    }
  });
}

function laws(reading: Reading, plan: Plan): void {
  it('has no phase with a blocking finding, but for what is unsplit', () => {
    const unsplit = new Set(plan.unsplit.map(({ at }) => `${at.path}:${at.line}`));
    for (const phase of plan.phases) {
      const blocking = phase.findings.filter(({ severity }) => severity === 'blocking');
      expect(blocking.filter(({ at }) => !unsplit.has(`${at.path}:${at.line}`))).toEqual([]);
      expect(phase.verdict === 'unsafe').toBe(blocking.length > 0);
    }
  });

  it('has phases that are clean for whoever judges them without knowing the plan', () => {
    expect(stillBlocking(reading, plan)).toEqual([]);
  });

  it('brings every file once', () => {
    const replaced = generated(plan).flatMap(({ replaces }) => replaces ?? []);
    const brought = plan.phases.flatMap((phase) => phase.files);
    expect([...brought, ...replaced].sort()).toEqual(reading.changed.map((file) => file.path).sort());
  });

  it('gives the head byte for byte, for every file without generated text', () => {
    expect(texts(phaseTrees(reading, plan).at(-1) as Tree, plan)).toEqual(texts(headTree(reading), plan));
  });

  it('ends at the schema of the author', () => {
    expect(phaseSchemas(reading, plan)).toEqual(authorSchemas(reading));
  });
}

function planned(reading: Reading): Plan | null {
  const again = (phase: Reading) => judge(phase, silent);
  return planOf(reading, again(reading), again);
}

function told(plan: Plan | null): string {
  if (!plan) return 'nothing to split';
  const phases = plan.phases.flatMap((phase, index) => [
    `${index + 1} ${phase.kind}, ${phase.verdict}`,
    ...phase.files.map((path) => `  ${path}`),
    ...phase.generated.map(({ path, replaces }) => `  ${replaces === null ? 'new' : 'edit'} ${path}`),
  ]);
  const unsplit = plan.unsplit.map(({ at, reason }) => `unsplit ${at.path}:${at.line}: ${reason}`);
  return [...phases, ...unsplit].join('\n');
}

function generated(plan: Plan | null) {
  return plan?.phases.flatMap((phase) => phase.generated) ?? [];
}

function readingOfSection(blocks: readonly Block[]): Reading {
  const files = (word: string): Files =>
    Object.fromEntries(
      blocks.flatMap(({ info, text }) => (info[0] === word && info[1] ? [[info[1], text === '' ? null : text]] : [])),
    );
  const running = files('running');
  return readingOf({
    before: files('before') as Readonly<Record<string, string>>,
    after: files('after'),
    settings: blocks.findLast(({ info }) => info[0] === 'settings')?.text ?? '',
    ...(Object.keys(running).length > 0 ? { running } : {}),
  });
}

function textOf({ blocks }: Section, word: string): string {
  return blocks.find(({ info }) => info[0] === word)?.text ?? '';
}
