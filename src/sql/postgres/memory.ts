import type { Operation } from '../../schema/operation.ts';
import type { Context } from './context.ts';

/**
 * What earlier statements of the same text tell about later ones: tables that only this session sees, names that the
 * database chose, functions that may be called. One text has one memory, as have texts that one connection sends.
 */
export interface Memory {
  readonly temporary: Set<string>;
  /** Names of indexes and constraints in use, with the table that each is on. */
  readonly names: Map<string, string>;
  readonly namesOf: Map<string, string[]>;
  /** For each table how often a name was chosen already. */
  readonly chosen: Map<string, Map<string, number>>;
  /** What a function or procedure does that this text creates, by its name. */
  readonly routines: Map<string, Routine>;
  /** How much text of routines may still be followed: one that calls another twice doubles it with each level. */
  callable: number;
}

export interface Routine {
  /** Characters of the statement that creates it. */
  readonly length: number;
  /** Reads what happens when it is called, as part of the statement that calls it. */
  readonly read: (caller: Context) => readonly Operation[];
}

const mostCallable = 200_000;

export function newMemory(): Memory {
  return {
    temporary: new Set(),
    names: new Map(),
    namesOf: new Map(),
    chosen: new Map(),
    routines: new Map(),
    callable: mostCallable,
  };
}

export function remember(memory: Memory, name: string, table: string): void {
  memory.names.set(name, table);
  const names = memory.namesOf.get(table);
  if (names) names.push(name);
  else memory.namesOf.set(table, [name]);
}

/** The table is gone, and with it everything on it. */
export function forgetTable(memory: Memory, table: string): void {
  for (const name of memory.namesOf.get(table) ?? []) {
    if (memory.names.get(name) === table) memory.names.delete(name);
  }
  memory.namesOf.delete(table);
  memory.chosen.delete(table);
}

/**
 * The name that the database gives to a constraint or index without one: `makeObjectName` and `ChooseRelationName` of
 * PostgreSQL (`src/backend/commands/indexcmds.c`). A name that this text has already used gets a number.
 */
export function chosenName(memory: Memory, table: string, columns: string | null, label: string): string {
  const base = table.slice(table.lastIndexOf('.') + 1);
  const first = objectName(base, columns, label);
  const times = memory.chosen.get(table) ?? new Map<string, number>();
  let pass = times.get(first) ?? 0;
  let name = first;
  while (memory.names.has(name)) name = objectName(base, columns, `${label}${++pass}`);
  memory.chosen.set(table, times.set(first, pass));
  remember(memory, name, table);
  return name;
}

/** PostgreSQL's `NAMEDATALEN` less one. */
const longestName = 63;

/** What is too long loses its last bytes: of the two parts always the longer one. */
function objectName(table: string, columns: string | null, label: string): string {
  const room = longestName - Buffer.byteLength(label) - 1 - (columns === null ? 0 : 1);
  let left = Buffer.byteLength(table);
  let right = Buffer.byteLength(columns ?? '');
  while (left + right > room) {
    if (left > right) left--;
    else right--;
  }
  const parts = columns === null ? [clipped(table, left)] : [clipped(table, left), clipped(columns, right)];
  return [...parts, label].join('_');
}

/** A character that is cut through is left out whole. */
function clipped(name: string, bytes: number): string {
  return Buffer.from(name)
    .subarray(0, bytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}
