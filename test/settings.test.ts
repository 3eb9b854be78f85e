import { describe, expect, it } from 'vitest';

import { readSettings } from '../src/read-settings.ts';
import { parseSettings, SettingsError } from '../src/settings.ts';

const path = '.github/bellows.yml';

function problemOf(text: string): string {
  try {
    readSettings(text, path);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'no problem';
}

describe('settings', () => {
  it('have defaults where the file is empty or only comments', () => {
    expect(parseSettings('', path)).toEqual(parseSettings('# nothing yet\n', path));
    expect(parseSettings('', path)).toMatchObject({ mode: 'block', onError: 'fail', comments: 'all', rollouts: [] });
  });

  it('tell the line that declares the order', () => {
    const { rollouts } = parseSettings('mode: advise\n\ndeploy:\n  # servers first\n  order: code-first\n', path);
    expect(rollouts).toEqual([{ name: null, order: 'code-first', at: { path, line: 5 } }]);
  });

  it('take several rollouts', () => {
    const text = 'deploy:\n  - name: production\n    order: code-first\n  - name: packages\n    order: offline\n';
    expect(parseSettings(text, path).rollouts).toEqual([
      { name: 'production', order: 'code-first', at: { path, line: 3 } },
      { name: 'packages', order: 'offline', at: { path, line: 5 } },
    ]);
  });

  it('take an app root in any of the usual spellings', () => {
    const roots = ['src/api', './src/api', 'src/api/', '/src/api'].map((root) => `apps:\n  - root: ${root}\n`);
    expect(roots.map((text) => parseSettings(text, path).apps[0]?.root)).toEqual(Array(4).fill('src/api'));
    expect(parseSettings('apps:\n  - root: .\n', path).apps[0]?.root).toBe('');
  });

  it.each([
    ['an unknown key', 'mode: block\nmigratons: []\n', /^\.github\/bellows\.yml:\d+: .*migratons/],
    [
      'a key misspelt, not the one that is missing for it',
      'deploy:\n  ordr: rolling\n',
      /^\.github\/bellows\.yml:2: `deploy\.ordr`: unknown key/,
    ],
    [
      'a key misspelt in a list',
      'deploy:\n  - nam: production\n    order: rolling\n',
      /^\.github\/bellows\.yml:2: `deploy\.0\.nam`: unknown key/,
    ],
    [
      'a key of a table misspelt',
      'tables:\n  users:\n    row: 3\n',
      /^\.github\/bellows\.yml:3: `tables\.users\.row`: unknown key/,
    ],
    ['a word that is no order', 'deploy:\n  order: code_first\n', /^\.github\/bellows\.yml:2: `deploy/],
    ['a text that is no YAML', 'deploy: [\n', /^\.github\/bellows\.yml:\d+: /],
    ['a key given twice', 'mode: block\nmode: advise\n', /^\.github\/bellows\.yml:2: .*unique/],
    ['a list where a mapping belongs', '- a\n- b\n', /^\.github\/bellows\.yml:1: /],
    [
      'a negative number of rows',
      'tables:\n  users:\n    rows: -1\n',
      /^\.github\/bellows\.yml:3: `tables.users.rows`/,
    ],
    [
      'a hazard that there is not',
      'hazards:\n  name-removed-in-use:\n    severity: off\n  nmae-never-there:\n    severity: off\n',
      /^\.github\/bellows\.yml:4: `hazards\.nmae-never-there`: no such hazard, known are `foreign-key-.*`, .*`name-never-there`/,
    ],
    [
      'a hazard by the name of something that every object has',
      'hazards: { constructor: { severity: note } }\n',
      /^\.github\/bellows\.yml:1: `hazards\.constructor`: no such hazard/,
    ],
    [
      'a framework that there is not',
      'apps:\n  - root: api\n    framework: rials\n',
      /^\.github\/bellows\.yml:3: `apps\.0\.framework`: no such framework, known are `rails`/,
    ],
    [
      'two rollouts of one name',
      'deploy:\n  - name: production\n    order: rolling\n  - name: production\n    order: offline\n',
      /^\.github\/bellows\.yml:4: `deploy\.1\.name`: `production` is the name of another rollout/,
    ],
  ])('refuse %s with file, line and reason', (_, text, message) => {
    const problem = problemOf(text);
    expect(problem).toMatch(message);
    expect(problem).not.toContain('\n');
  });

  it('stop a document that multiplies itself', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`,
    );
    expect(problemOf(`l0: &l0 [x]\n${levels.join('\n')}\n`)).not.toBe('no problem');
  });

  it('are refused in a sentence that can be read, however long what is wrong with them', () => {
    const long = 'x'.repeat(100_000);
    for (const text of [
      `${long}: 1\n`,
      `hazards: { ${long}: { severity: off } }\n`,
      `mode: *${long}\n`,
      `? ${long}\n`,
    ]) {
      expect(problemOf(text).length).toBeLessThan(1000);
      expect(problemOf(text)).toMatch(/^\.github\/bellows\.yml:1: /);
    }
  });

  it.each<[string, (length: number) => string]>([
    ['keys', (length) => Array.from({ length: length / 8 }, (_, index) => `k${index}: 1\n`).join('')],
    ['keys on one line', (length) => `{${Array.from({ length: length / 7 }, (_, index) => `k${index}`).join(',')}}`],
    ['tags', (length) => '!a '.repeat(length / 3)],
    ['commas', (length) => `[${','.repeat(length)}`],
    ['brackets', (length) => '['.repeat(length)],
    ['colons', (length) => 'a: '.repeat(length / 3)],
  ])('made of %s alone are refused at once', (_, made) => {
    for (const length of [90_000, 1_000_000]) {
      const start = performance.now();
      expect(problemOf(made(length))).toMatch(/^\.github\/bellows\.yml:1: /);
      expect(performance.now() - start).toBeLessThan(4000);
    }
  });

  it('are refused where they are too long or nested too deep', () => {
    expect(problemOf(`# ${'x'.repeat(100_000)}\n`)).toBe(`${path}:1: the settings are longer than 100 KB`);
    expect(problemOf('['.repeat(90_000))).toBe(`${path}:1: the settings are nested too deep`);
  });

  it('name the line of a key that is given twice, however deep', () => {
    const text = 'mode: block\ntables:\n  users: { rows: 1 }\n  beds: { rows: 1 }\n  users: { rows: 2 }\n';
    expect(problemOf(text)).toBe(`${path}:5: Map keys must be unique`);
  });

  it('never take a key from a prototype', () => {
    expect(problemOf('__proto__:\n  mode: advise\n')).not.toBe('no problem');
  });
});
