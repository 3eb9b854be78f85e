import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { Name } from '../../../src/deploy/deploy.ts';
import { activeRecordDefaults } from '../../../src/frameworks/rails/defaults.ts';
import { inflector } from '../../../src/frameworks/rails/models/inflections.ts';
import { readModels } from '../../../src/frameworks/rails/models/models.ts';
import { readReferences } from '../../../src/frameworks/rails/references/references.ts';
import { constantsAt } from '../../../src/frameworks/rails/references/shadows.ts';
import type { SourceFile } from '../../../src/reading.ts';
import { silent } from '../../reading.ts';

interface Fence {
  readonly info: string;
  readonly text: string;
}

interface Section {
  readonly title: string;
  readonly fences: readonly Fence[];
}

const manuals = ['references', 'models'].map((name) => {
  const [preamble, ...sections] = sectionsOf(readFileSync(new URL(`./${name}.md`, import.meta.url), 'utf8'));
  return { name, preamble, sections };
});

function sectionsOf(markdown: string): readonly Section[] {
  return markdown.split(/^## /m).map((part) => ({
    title: part.slice(0, part.indexOf('\n')),
    fences: [...part.matchAll(/^```([^\n]+)\n([\s\S]*?)^```$/gm)].map(([, info, text]) => ({
      info: info ?? '',
      text: text ?? '',
    })),
  }));
}

function filesOf(fences: readonly Fence[]): readonly SourceFile[] {
  return fences.flatMap(({ info, text }) => {
    const [language, path] = info.split(' ');
    return path && ['ruby', 'erb', 'haml', 'slim'].includes(language ?? '') ? [{ path, text }] : [];
  });
}

function tablesOf(fences: readonly Fence[], name = 'schema'): ReadonlyMap<string, ReadonlySet<string>> {
  const lines = fences.filter(({ info }) => info === name).flatMap(({ text }) => text.trim().split('\n'));
  return new Map(
    lines.map((line) => {
      const [table, ...columns] = line.split(/[\s:]+/);
      return [table ?? '', new Set(['id', ...columns])];
    }),
  );
}

function nameOf({ table, column }: Name): string {
  return column === null ? table : `${table}.${column}`;
}

function fenceText(section: Section, name: string): string {
  return section.fences.find(({ info }) => info === name)?.text.trim() ?? '';
}

function referencesOf(section: Section, preamble: Section | undefined): readonly string[] {
  const given = filesOf(preamble?.fences ?? []);
  const own = filesOf(section.fences);
  const files = [...given.filter(({ path }) => own.every((each) => each.path !== path)), ...own];
  const tables = new Map([...tablesOf(preamble?.fences ?? []), ...tablesOf(section.fences)]);
  const started = tablesOf(section.fences, 'running');
  const stakes = new Set(fenceText(section, 'stake').split(/\s+/));
  const inflections = files.find(({ path }) => path.endsWith('inflections.rb')) ?? null;
  const models = readModels(
    files.filter(({ path }) => path.startsWith('app/models/') || path.endsWith('engine.rb')),
    { inflector: inflector(inflections), watch: silent, isTable: (table) => tables.has(table) },
  );
  const { references, implied, unread } = readReferences(own, {
    models,
    columnsOf: (table) => tables.get(table) ?? null,
    columnsAtStart: (table) => (started.size > 0 ? started : tables).get(table) ?? null,
    constants: constantsAt(files.map(({ path }) => path)),
    wants: (table, column) => stakes.has(column === null ? table : `${table}.${column}`),
    defaults: activeRecordDefaults([{ path: 'config/application.rb', text: fenceText(section, 'settings') }]),
    watch: silent,
  });
  const lines = [...references, ...implied].map(({ at, table, column, access, certainty, because, nilWithout }) => {
    const file = at.path.slice(at.path.lastIndexOf('/') + 1);
    return `${file}:${at.line}:${at.column} ${nameOf({ table, column })} ${access} ${certainty} – ${because}${nilWithout ? ` (nil without ${nilWithout.map(nameOf).join(', ')})` : ''}`;
  });
  return [...lines, ...unread.map(({ path, line, reason }) => `${path}:${line} unread – ${reason}`)];
}

describe.each(manuals)('what Rails code refers to, by $name.md', ({ preamble, sections }) => {
  it.each(sections.map((section) => [section.title, section] as const))('%s', (_title, section) => {
    expect(referencesOf(section, preamble).join('\n')).toBe(fenceText(section, 'references'));
  });
});
