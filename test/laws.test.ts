import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { engines } from '../src/engines/index.ts';
import { frameworks } from '../src/frameworks/index.ts';
import { hazards } from '../src/hazards/index.ts';
import { recipes } from '../src/plan/recipes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');

/** Each entry of `src/` may import only from its own group and the groups before it. */
const order = [
  ['schema'],
  ['languages'],
  ['sql'],
  ['settings'],
  ['reading', 'changes', 'content', 'names', 'overlay', 'window'],
  ['engines'],
  ['deploy'],
  ['frameworks'],
  ['interest', 'finding', 'hazards'],
  ['judge'],
  ['plan'],
  ['review'],
  ['report'],
  ['worker'],
  ['git', 'github'],
  ['queue'],
  ['handlers'],
  ['app'],
  ['main'],
  ['cli'],
];

interface Import {
  readonly file: string;
  readonly from: string;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
const imports: readonly Import[] = files.flatMap((file) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:^|\n)(?:import|export)\b[^;]*?\bfrom '([^']+)'/g)].map(
    (match) => ({
      file,
      from: match[1] ?? '',
    }),
  ),
);

function entry(path: string): string {
  return (path.split('/')[0] ?? '').replace(/\.ts$/, '');
}

function target({ file, from }: Import): string | null {
  return from.startsWith('.') ? join(file, '..', from).replaceAll('\\', '/') : null;
}

function place(name: string): number {
  const found = order.findIndex((group) => group.includes(name));
  if (found < 0) throw new Error(`src/${name} has no place in the order of imports`);
  return found;
}

describe('imports', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it('point one way', () => {
    const wrong = imports.filter((each) => {
      const to = target(each);
      return to !== null && !to.startsWith('..') && place(entry(to)) > place(entry(each.file));
    });
    expect(wrong).toEqual([]);
  });

  it('of every file have a place in the order', () => {
    for (const file of files) expect(place(entry(file))).toBeGreaterThanOrEqual(0);
  });

  it('of Probot stay at the edge', () => {
    const knows = imports
      .filter(({ from }) => from === 'probot' || from.startsWith('probot/'))
      .map(({ file }) => entry(file));
    expect(knows.filter((name) => !['github', 'handlers', 'app', 'main'].includes(name))).toEqual([]);
  });

  it('of Octokit stay in github/', () => {
    const knows = imports.filter(({ from }) => from.startsWith('@octokit/')).map(({ file }) => entry(file));
    expect(knows.filter((name) => name !== 'github')).toEqual([]);
  });

  it('never join two hazards or two frameworks', () => {
    const ids = new Set<string>(hazards.map(({ id }) => `hazards/${id}.ts`));
    const hazardToHazard = imports.filter((each) => ids.has(each.file) && ids.has(target(each) ?? ''));
    const folder = (path: string) => /^frameworks\/([^/.]+)\//.exec(path)?.[1];
    const across = imports.filter((each) => {
      const [from, to] = [folder(each.file), folder(target(each) ?? '')];
      return from !== undefined && to !== undefined && from !== to;
    });
    expect([...hazardToHazard, ...across]).toEqual([]);
  });

  it('never bring a process or a file into the pure middle', () => {
    const pure = order
      .slice(
        0,
        order.findIndex((group) => group.includes('report')),
      )
      .flat();
    const effects = ['node:child_process', 'node:http', 'node:https', 'node:net', 'node:worker_threads', 'node:timers'];
    expect(imports.filter(({ file, from }) => pure.includes(entry(file)) && effects.includes(from))).toEqual([]);
  });
});

describe('registries', () => {
  const onDisk = (folder: string, isUnit: (name: string) => boolean) =>
    readdirSync(join(src, folder), { withFileTypes: true })
      .map((each) => (each.isDirectory() ? `${each.name}/` : basename(each.name, '.ts')))
      .filter(isUnit)
      .map((name) => name.replace(/\/$/, ''))
      .sort();

  it('hold every hazard of the folder, sorted, each in the file of its id', () => {
    const ids = hazards.map(({ id }) => id as string);
    expect(ids).toEqual(onDisk('hazards', (name) => name.includes('-')));
  });

  it('hold every framework of the folder, sorted', () => {
    const names = frameworks.map(({ name }) => name as string);
    expect(names).toEqual(onDisk('frameworks', (name) => name.endsWith('/') || !['index', 'framework'].includes(name)));
  });

  it('hold each recipe in the file of the operation that it rewrites', () => {
    const kinds = Object.keys(recipes);
    expect(kinds).toEqual([...kinds].sort());
    for (const kind of kinds) expect(existsSync(join(src, 'plan', `${kind}.ts`)), kind).toBe(true);
  });

  it('hold a handler for every file of events', () => {
    const app = readFileSync(join(src, 'app.ts'), 'utf8');
    const listed = onDisk('handlers', (name) => name !== 'handler').filter((name) =>
      app.includes(`handlers/${name}.ts`),
    );
    expect(listed).toEqual(onDisk('handlers', (name) => name !== 'handler'));
  });

  it('hold every engine of the folder, sorted', () => {
    const names = engines.map(({ name }) => name as string);
    expect(names).toEqual(onDisk('engines', (name) => !['index', 'engine', 'innodb'].includes(name)));
  });
});

describe('hazards', () => {
  it.each(hazards.map((hazard) => [hazard.id, hazard] as const))(
    '%s says what and why in whole sentences',
    (id, hazard) => {
      expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
      expect(id).not.toMatch(/^(?:no|disallow|ban|avoid|prefer|require)-/);
      expect(hazard.title).toMatch(/^[A-Z].*[^.]$/);
      expect(hazard.why).toMatch(/^[A-Z].*\.$/);
    },
  );
});

describe('templates', () => {
  const templates = readdirSync(join(root, 'templates'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.hbs'),
  );
  const sources = files.map((file) => readFileSync(join(src, file), 'utf8')).join('\n');
  const partials = templates.map((name) => readFileSync(join(root, 'templates', name), 'utf8')).join('\n');

  it.each(templates)('%s is used', (name) => {
    const id = basename(name, '.hbs');
    expect(
      sources.includes(`'${id}'`) ||
        sources.includes(`${id}.hbs`) ||
        sources.includes(`/${id}'`) ||
        partials.includes(`{{> ${id}`),
    ).toBe(true);
  });

  it('mention no hazard', () => {
    for (const { id } of hazards) expect(partials).not.toContain(id);
  });
});

describe('app.yml', () => {
  it('asks for the events that have a handler, and no others', () => {
    const manifest = parse(readFileSync(join(root, 'app.yml'), 'utf8')) as { default_events: string[] };
    const handlers = readdirSync(join(src, 'handlers'))
      .map((name) => basename(name, '.ts').replaceAll('-', '_'))
      .filter((name) => readFileSync(join(src, 'app.ts'), 'utf8').includes(`handlers/${name.replaceAll('_', '-')}.ts`));
    expect(handlers.length).toBeGreaterThan(0);
    expect([...manifest.default_events].sort()).toEqual(handlers.sort());
  });

  it('asks for no permission beyond what a review needs', () => {
    const manifest = parse(readFileSync(join(root, 'app.yml'), 'utf8')) as {
      default_permissions: Record<string, string>;
    };
    expect(manifest.default_permissions).toEqual({
      checks: 'write',
      contents: 'read',
      metadata: 'read',
      pull_requests: 'write',
    });
  });
});

describe('the repository', () => {
  it('has the README, the licence and the notes that the README links to', () => {
    for (const name of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE', 'app.yml', '.ci/run']) {
      expect(existsSync(join(root, name)), name).toBe(true);
    }
  });
});
