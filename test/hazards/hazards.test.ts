import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { hazards } from '../../src/hazards/index.ts';
import { judge } from '../../src/judge.ts';
import { type Files, readingOf, silent } from '../reading.ts';
import { readSpec, type Section } from '../spec.ts';

/*
 * A section is a pull request. Blocks titled `before PATH` are files at the target, `after PATH` files at the head (an
 * empty text deletes), `settings` the settings file, `running PATH` what is deployed where it is not the target. The
 * block `expect` lists every finding: severity, hazard, what is needed, and the best line of evidence or the operation's.
 */
const specs = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.md'));

for (const name of specs) {
  const id = name.replace(/\.md$/, '');
  const sections = readSpec(new URL(name, import.meta.url));

  describe(id, () => {
    for (const section of sections) {
      it(section.title, () => {
        expect(toldOf(section)).toBe(expected(section));
      });
    }

    it('has a pull request that it finds and one that it does not', () => {
      const tells = (section: Section) => expected(section).includes(` ${id} `);
      expect(sections.some((section) => section.title.startsWith('Bad') && tells(section))).toBe(true);
      expect(sections.some((section) => section.title.startsWith('Good') && !tells(section))).toBe(true);
    });
  });
}

it('every hazard has its spec', () => {
  expect(specs.map((name) => name.replace(/\.md$/, '')).sort()).toEqual(hazards.map(({ id }) => id as string).sort());
});

function expected(section: Section): string {
  return section.blocks.find(({ info }) => info[0] === 'expect')?.text.trim() ?? '';
}

function toldOf(section: Section): string {
  const files = (side: string): Files =>
    Object.fromEntries(
      section.blocks
        .filter(({ info }) => info[0] === side)
        .map(({ info, text }) => [info[1] ?? '', text === '' ? null : text]),
    );
  const settings = section.blocks.find(({ info }) => info[0] === 'settings')?.text;
  const running = files('running');
  const reading = readingOf({
    before: files('before') as Record<string, string>,
    after: files('after'),
    ...(settings === undefined ? {} : { settings }),
    ...(Object.keys(running).length > 0 ? { running } : {}),
  });
  return judge(reading, silent)
    .findings.map(({ severity, hazard, needs, evidence, at }) => {
      const best = evidence[0]?.at ?? at;
      const name = needs.column === null ? needs.table : `${needs.table}.${needs.column}`;
      return `${severity} ${hazard} ${name} ${best.path}:${best.line}`;
    })
    .sort()
    .join('\n');
}
