import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { handlers } from '../src/app.ts';
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
  ['settings', 'settings-problems', 'settings-yaml'],
  ['reading', 'by-path', 'changes', 'content', 'names', 'overlay', 'window'],
  ['engines'],
  ['deploy'],
  ['frameworks'],
  ['interest', 'finding', 'hazards'],
  ['judge', 'rollback', 'read-settings'],
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
/** How a module names another: `import … from`, `export … from`, for its effect alone, when it runs, by `require`. */
const forms = [
  /\b(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/g,
  /(?:^|[;\n])\s*import\s*['"]([^'"]+)['"]/g,
  /\bimport\s*\(\s*(?:\/\*.*?\*\/\s*)?['"`]([^'"`]+)['"`]/g,
  /\b(?:require|getBuiltinModule)\s*\(\s*['"`]([^'"`]+)['"`]/g,
];

/** Comments may hold code, and a string may hold what looks like a comment: only whole lines are taken out. */
function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(?:\/\/.*|\/\*[\s\S]*?\*\/)\s*$/gm, '');
}

function importsIn(file: string, text: string): readonly Import[] {
  const code = withoutComments(text);
  return forms.flatMap((form) => [...code.matchAll(form)].map((match) => ({ file, from: match[1] ?? '' })));
}

const texts = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]));
const imports: readonly Import[] = [...texts].flatMap(([file, text]) => importsIn(file, text));

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

  it.each([
    ["import './x.ts';", './x.ts'],
    ["import { a } from './x.ts';", './x.ts'],
    ["import {\n  a,\n  type B,\n} from './x.ts';", './x.ts'],
    ["import type { A } from './x.ts';", './x.ts'],
    ["import * as all from './x.ts';", './x.ts'],
    ["export { a } from './x.ts';", './x.ts'],
    ["export * from './x.ts';", './x.ts'],
    ["export type * from './x.ts';", './x.ts'],
    ["const { a } = await import('./x.ts');", './x.ts'],
    ['const load = () => import(\n  "./x.ts"\n);', './x.ts'],
    ["let a: import('./x.ts').A;", './x.ts'],
    ["createRequire(import.meta.url)('./x.ts'); require('./x.ts');", './x.ts'],
  ])('are found in %j', (text, from) => {
    expect(importsIn('a.ts', `const before = 1;\n${text}\n`)).toEqual([{ file: 'a.ts', from }]);
  });

  it('are not found where a comment tells of one', () => {
    expect(importsIn('a.ts', "// import './x.ts';\n/**\n * import './y.ts';\n */\nconst a = 1;\n")).toEqual([]);
  });

  it('name what they import: none is worked out when it runs', () => {
    const computed = [...texts].filter(([, text]) =>
      /\b(?:import|require)\s*\(\s*[^\s'"`)/]/.test(withoutComments(text)),
    );
    expect(computed.map(([file]) => file)).toEqual([]);
  });

  it('point one way', () => {
    const wrong = imports.filter((each) => {
      const to = target(each);
      return to !== null && !to.startsWith('..') && place(entry(to)) > place(entry(each.file));
    });
    expect(wrong).toEqual([]);
  });

  it('of what reads settings know the names that there are', () => {
    const reading = [...texts].filter(([, text]) => /\bparseSettings\b/.test(text)).map(([file]) => file);
    expect(reading.sort()).toEqual(['read-settings.ts', 'settings.ts']);
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
});

describe('the code', () => {
  it('has no class but for errors', () => {
    const classes = [...texts].flatMap(([file, text]) =>
      [...withoutComments(text).matchAll(/\bclass\s+(\w+)(?:\s+extends\s+(\w+))?\s*\{/g)].map(
        ([, name, parent = '']) => ({ file, name, parent }),
      ),
    );
    expect(classes.length).toBeGreaterThan(0);
    expect(classes.filter(({ parent }) => !parent.endsWith('Error'))).toEqual([]);
  });

  it('has no drawer for what belongs nowhere', () => {
    expect(files.filter((file) => /(?:^|\/)(?:utils?|helpers?|misc|common)(?:\/|\.ts$)/.test(file))).toEqual([]);
  });
});

describe('the pure middle', () => {
  const last = order.findIndex((group) => group.includes('report'));
  const groups = order.slice(0, last + 1).flat();
  const pure = files.filter((file) => groups.includes(entry(file)));

  /** What of Node works on nothing but what it is given. */
  const harmless = ['node:buffer', 'node:crypto'];

  /** These read files of Bellows itself, the same at every start: the parsers and the templates. */
  const loads: Readonly<Record<string, readonly string[]>> = {
    'languages/prism.ts': ['node:fs', 'node:module'],
    'plan/template.ts': ['node:fs'],
    'report/templates.ts': ['node:fs'],
    'report/version.ts': ['node:fs'],
    'sql/postgres/parser-module.ts': ['node:fs', 'node:module'],
  };

  it('has no module of Node that does something, but where Bellows loads its own files', () => {
    const found: Record<string, string[]> = {};
    for (const { file, from } of imports) {
      const isNode = from.startsWith('node:') || builtinModules.includes(from);
      if (isNode && pure.includes(file) && !harmless.includes(from)) found[file] = [...(found[file] ?? []), from];
    }
    expect(found).toEqual(loads);
  });

  it('reads no file whose name it was given', () => {
    for (const file of Object.keys(loads)) {
      const calls = [...(texts.get(file) ?? '').matchAll(/readFileSync\(([^\n]*)/g)].map(
        ([, argument = '']) => argument,
      );
      expect(calls.length, file).toBeGreaterThan(0);
      for (const argument of calls) expect(argument, file).toMatch(/^(?:new URL\(|createRequire\(import\.meta\.url\))/);
    }
  });

  /** The parser of PostgreSQL can only be loaded by waiting, which is done when a thread starts. */
  const waits = ['sql/postgres/parser-module.ts'];

  it('has no clock, no chance, no network, no environment and nothing that waits', () => {
    const effects =
      /\b(?:process|performance|console|setTimeout|setInterval|setImmediate|queueMicrotask)\s*[.(]|\bMath\.random\b|\bDate\.now\b|\bnew Date\(\s*\)|\basync\b|\bawait\b|\bnew Promise\b|\bimport\s*\(/;
    const found = pure.filter((file) => {
      const code = withoutStrings(texts.get(file) ?? '');
      const fetches = /(?<![.\w])fetch\s*\(/.test(code) && !/\bfunction fetch\b/.test(code);
      return effects.test(code) || fetches;
    });
    expect(found).toEqual(waits);
  });
});

/** Words for people may speak of anything. */
function withoutStrings(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '').replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''");
}

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

  it('hold a handler for every file of events, each in the file of its event', () => {
    const names = handlers.map(({ event }) => event.replaceAll('_', '-'));
    expect(names).toEqual(onDisk('handlers', (name) => name !== 'handler'));
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
    expect(manifest.default_events).toEqual(handlers.map(({ event }) => event));
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
