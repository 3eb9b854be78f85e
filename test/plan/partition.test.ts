import { describe, expect, it } from 'vitest';

import { type Part, partition } from '../../src/plan/partition.ts';
import type { Turn } from '../../src/plan/turns.ts';
import type { Migration } from '../../src/schema/migration.ts';
import type { Operation } from '../../src/schema/operation.ts';

type Effect<Each = Operation> = Each extends Operation ? Omit<Each, 'at' | 'statement' | 'conditional'> : never;

const at = { path: '', line: 1, column: 1 };
const column = (name: string) => ({ name, type: null, nullable: true, default: null, generated: null });

const add = (table: string, name: string): Effect => ({ kind: 'add-column', table, column: column(name) });
const drop = (table: string, name: string): Effect => ({ kind: 'drop-column', table, column: name });
const opaque: Effect = { kind: 'opaque', table: null, reason: 'computed', hidesSchemaChange: true };

type Wish = 'brings' | 'takes' | 'both' | 'free';

/** `[wish, operations]` by path, in running order → part by path. */
function parted(given: Readonly<Record<string, readonly [Wish, ...Effect[]]>>): Record<string, Part> {
  const turns = new Map<string, Turn>();
  const run = Object.entries(given).map(([path, [wish, ...effects]]): Migration => {
    const operations = effects.map((effect) => ({ ...effect, at, statement: 0, conditional: false }) as Operation);
    const first = operations[0] ?? null;
    const turn = { brings: wish === 'takes' ? null : first, takes: wish === 'brings' ? null : first };
    if (wish !== 'free') turns.set(path, turn);
    const plain = {
      framework: 'rails',
      database: 'mysql',
      transaction: false,
      when: 'unstated',
      kind: 'schema',
    } as const;
    return { path, version: path, ...plain, operations };
  });
  return Object.fromEntries(partition([run], turns));
}

describe('which part a migration goes to', () => {
  it('lets one that new code waits for pass one that old code does not survive, where they touch nothing in common', () => {
    expect(parted({ a: ['takes', drop('users', 'nick')], b: ['brings', add('users', 'handle')] })).toEqual({
      a: 'contract',
      b: 'expand',
    });
  });

  it('keeps both with the code where they touch the same column', () => {
    expect(parted({ a: ['takes', drop('users', 'nick')], b: ['brings', add('users', 'nick')] })).toEqual({
      a: 'switch',
      b: 'switch',
    });
  });

  it('keeps other tables out of such a clash', () => {
    const clash = { a: ['takes', drop('users', 'nick')], b: ['brings', add('users', 'nick')] } as const;
    expect(parted({ ...clash, c: ['brings', add('posts', 'slug')], d: ['takes', drop('tags', 'old')] })).toEqual({
      a: 'switch',
      b: 'switch',
      c: 'expand',
      d: 'contract',
    });
  });

  it('lets a clash reach what is tied to it over a second table', () => {
    expect(
      parted({
        a: ['takes', drop('users', 'nick'), drop('posts', 'slug')],
        b: ['brings', add('users', 'nick')],
        c: ['brings', add('posts', 'slug')],
      }),
    ).toEqual({ a: 'switch', b: 'switch', c: 'switch' });
  });

  it('runs what no code minds after an earlier one on the same table', () => {
    const index: Effect = {
      kind: 'create-index',
      table: 'users',
      index: { name: null, columns: ['login'], unique: false, where: null },
      concurrently: false,
      algorithm: null,
    };
    expect(parted({ a: ['takes', drop('users', 'nick')], b: ['free', index] })).toEqual({
      a: 'contract',
      b: 'contract',
    });
    expect(parted({ a: ['free', index], b: ['takes', drop('users', 'nick')] })).toEqual({ a: 'switch', b: 'contract' });
  });

  it('lets nothing pass what could not be read', () => {
    expect(
      parted({ a: ['takes', drop('users', 'nick')], b: ['free', opaque], c: ['brings', add('posts', 'slug')] }),
    ).toEqual({ a: 'switch', b: 'switch', c: 'switch' });
  });

  it('keeps what breaks both sides with the code', () => {
    expect(parted({ a: ['both', { kind: 'rename-column', table: 'users', column: 'nick', to: 'handle' }] })).toEqual({
      a: 'switch',
    });
  });

  it('takes no longer than the number of operations asks for', () => {
    const many = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index): [string, readonly [Wish, Effect]] => [
        `${index}`.padStart(5, '0'),
        [index % 2 === 0 ? 'takes' : 'brings', drop('users', `c${index % 7}`)],
      ]),
    );
    const started = performance.now();
    expect(new Set(Object.values(parted(many)))).toEqual(new Set(['switch']));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
