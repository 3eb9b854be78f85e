import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Package {
  readonly engines?: { readonly node?: string };
  /** Left out in silence where it does not fit the machine. */
  readonly optional?: boolean;
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
}

const { engines } = read('package.json') as { engines: { node: string } };
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Package>> };

/** Only `npm run unused` starts them, which no reader of the README is asked to do. */
const forContributors = ['node_modules/knip', 'node_modules/oxc-parser'];

type Version = readonly [number, number, number];

function parts(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return [major, minor, patch];
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function fits(version: Version, comparator: string): boolean {
  const [, sign = '', text = '0'] = /^([<>=^~]*)\s*v?([\d.]+|\*|x)/.exec(comparator) ?? [];
  if (text === '*' || text === 'x') return true;
  const bound = parts(text);
  const difference = compare(version, bound);
  if (sign === '<') return difference < 0;
  if (sign === '<=') return difference <= 0;
  if (sign === '>') return difference > 0;
  if (sign === '>=') return difference >= 0;
  return difference >= 0 && version[0] === bound[0] && (sign !== '~' || version[1] === bound[1]);
}

/** Whether a range of npm (`^20.18.1 || >=22`) allows a version; a bare number stands for its major line. */
function allows(range: string, version: Version): boolean {
  return range.split('||').some((alternative) => {
    const comparators = alternative.match(/[<>=^~]*\s*v?(?:\d[\d.]*|\*|x)/g) ?? ['*'];
    return comparators.every((comparator) => fits(version, comparator.trim()));
  });
}

/** The oldest of each line that `engines` names. */
const oldest = engines.node.match(/\d[\d.]*/g) ?? [];

describe('every package that runs Bellows, its demo and its tests', () => {
  it.each([
    ['^20.18.1 || >=22', '20.18.0', false],
    ['^20.18.1 || >=22', '20.19.0', true],
    ['^20.18.1 || >=22', '21.0.0', false],
    ['^20.18.1 || >=22', '24.1.0', true],
    ['>= 18', '20.18.1', true],
    ['>=18.17 <20', '20.18.1', false],
    ['20 || 22', '20.18.1', true],
    ['*', '20.18.1', true],
  ])('%s and %s', (range, version, allowed) => {
    expect(allows(range, parts(version))).toBe(allowed);
  });

  it.each(oldest)('runs on Node %s, which `engines` promises', (version) => {
    const refusing = Object.entries(packages)
      .filter(([path, { optional }]) => path !== '' && !optional && !forContributors.includes(path))
      .filter(([, { engines: needs }]) => !allows(needs?.node ?? '*', parts(version)));
    expect(refusing.map(([path, { engines: needs }]) => `${path}: ${needs?.node}`)).toEqual([]);
  });
});
